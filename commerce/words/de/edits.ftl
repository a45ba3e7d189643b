# Bestellungen, die vor dem Versand geändert werden.

timeline-edited = Ihre Bestellung wurde geändert.
timeline-edited-unpaid = Ihre Bestellung wurde geändert: { $amount } sind noch zu zahlen.
timeline-edited-refund = Ihre Bestellung wurde geändert: Sie bekommen { $amount } zurück.
notice-edited = Ihre Bestellung { $number } wurde geändert.

mail-edited-subject = Ihre Bestellung { $number } wurde geändert
mail-edited-heading = Ihre Bestellung wurde geändert
mail-edited-text = Ihre Bestellung { $number } ist jetzt so, wie Sie sie unten sehen. Sie kostet { $total }.
mail-edited-unpaid = { $amount } sind noch zu zahlen. Wir versenden Ihre Bestellung, sobald das bezahlt ist.
mail-edited-refund = Sie bekommen { $amount } zurück, so wie Sie bezahlt haben.
mail-edited-reason = Der Grund: { $reason }
mail-edited-pay = { $amount } bezahlen
mail-edited-next = Falls Sie das nicht erwartet haben, antworten Sie auf diese E-Mail.
mail-edited-added = Neu: { $quantity } × { $title }
mail-edited-removed = Herausgenommen: { $title }
mail-edited-quantity = { $title }: { $quantity } statt { $before }
mail-edited-price = { $title }: je { $price } statt { $before }
mail-edited-shipping = Versand: { $name }, { $price }
mail-edited-discount = Nachlass: { $amount } statt { $before }
mail-edited-address = Sie geht an eine andere Adresse.

edit-discount = Nachlass
edit-unconfirmed = Die Bestellung ist noch nicht bestätigt: Sie lässt sich ändern, sobald sie bezahlt ist.
edit-sent = Die Bestellung ist unterwegs: Sie lässt sich nicht mehr ändern.
edit-cancelled = Die Bestellung wurde storniert: Sie lässt sich nicht mehr ändern.
edit-by-shopper-too-late = Die Zeit, in der Sie Ihre Bestellung selbst ändern können, ist vorbei. Schreiben Sie dem Shop.
edit-quantity-range = Geben Sie eine Menge von { $least } bis { $most } an.
edit-nothing = Daran ist nichts anders.
edit-nothing-left = Von der Bestellung bliebe nichts übrig. Stornieren Sie sie stattdessen.
edit-fewer-only = Nur weniger Stück sind möglich. Bestellen Sie neu, wenn Sie mehr möchten.
edit-discount-asks = { $title } gab es für das, was Sie gekauft haben, und würde nicht mehr gelten. Schreiben Sie dem Shop, um etwas herauszunehmen.
edit-price-asks = Der Preis von { $title } gilt für die gekaufte Menge. Schreiben Sie dem Shop, wenn Sie weniger möchten.
edit-shipping-asks = Der Versand ist für das, was Sie gekauft haben, kostenlos und wäre es nicht mehr. Schreiben Sie dem Shop, um etwas herauszunehmen.
edit-delivered-at-once = { $title } wurde mit der Bestellung übergeben und lässt sich nicht ändern.
edit-line-least = { $least } von { $title } sind gepackt, verschickt oder erstattet: Weniger geht nicht.
edit-line-named = { $title } wurde schon verschickt, erstattet, zurückgesandt oder widerrufen und lässt sich nicht herausnehmen.
