### Was E-Mails sagen. Ein Betreff und eine Überschrift enden ohne Punkt; was mit einem Doppelpunkt endet, steht über einem
### Link oder einer Liste.

## Der Rahmen jeder E-Mail

mail-hello = Guten Tag { $name },
mail-hello-nobody = Guten Tag,
mail-labelled = { $label }: { $value }
mail-label = { $label }:

## Eine Bestellung

mail-order = Bestellung { $number }
mail-see-order = Bestellung ansehen
mail-follow-parcel = Paket verfolgen
mail-what-next = Wie es weitergeht
mail-step-received = Eingegangen
mail-step-confirmed = Bestätigt
mail-step-dispatched = Unterwegs
mail-subtotal = Zwischensumme
mail-discount = Rabatt
mail-discount-by = Rabatt: { $discount }
mail-shipping = Versand
mail-shipping-free = Kostenlos
mail-tax = Steuer
mail-tax-included = { $kind ->
    [sales] inkl. { $tax } Verkaufssteuer (Sales Tax)
    [gst] inkl. { $tax } GST
    [consumption] inkl. { $tax } Konsumsteuer
   *[vat] inkl. { $tax } MwSt.
}
mail-total = Gesamtsumme
mail-each = je { $price }, zusammen { $total }
mail-gift-message = Als Geschenk, mit diesen Worten
mail-pick-up-at = Abholung bei
mail-opening-hours = Öffnungszeiten: { $hours }
mail-shipping-to = Lieferung an
mail-shipping-by = Versandart
mail-backorder = Nachlieferung: { $units } von { $quantity }
mail-backorder-expected = Nachlieferung: { $units } von { $quantity }, erwartet am { $date }
mail-pre-order = Vorbestellt: { $units } von { $quantity }
mail-pre-order-expected = Vorbestellt: { $units } von { $quantity }, erwartet am { $date }
mail-why-order = Sie erhalten diese E-Mail, weil bei { $shop } mit dieser E-Mail-Adresse bestellt wurde.
mail-keep-link = Ihr Link öffnet die Bestellung ohne Passwort: Bitte geben Sie diese E-Mail nicht weiter.

## Gekaufte Dateien

mail-downloads = Ihre Downloads
mail-download-often = { $count ->
    [1] einmal
   *[other] { $count }-mal
}
mail-download-until = bis { $moment }
mail-download-often-until = { $count ->
    [1] einmal, bis { $moment }
   *[other] { $count }-mal, bis { $moment }
}

## Die Bestellung ist eingegangen

mail-received-subject = Ihre Bestellung { $number } ist eingegangen
mail-received-heading = Vielen Dank für Ihre Bestellung
mail-received-preview = Ihre Artikel sind zurückgelegt. Wir prüfen die Zahlung.
mail-received-text = Ihre Bestellung { $number } ist bei uns eingegangen. Wir haben Ihre Artikel zurückgelegt und prüfen die Zahlung.
mail-received-next = Sobald die Zahlung geklärt ist, meist innerhalb weniger Minuten, bestätigen wir Ihre Bestellung per E-Mail. Falls Ihre Bank eine Freigabe verlangt, führt Sie der Link zu Ihrer Bestellung dorthin.

## Die Bestellung ist bestätigt

mail-confirmed-subject = Ihre Bestellung { $number } ist bestätigt
mail-confirmed-heading = Ihre Bestellung ist bestätigt
mail-confirmed-text = Ihre Bestellung { $number } ist bestätigt: Alles, was Sie ausgewählt haben, gehört Ihnen.
mail-confirmed-text-packed = Ihre Bestellung { $number } ist bestätigt: Alles, was Sie ausgewählt haben, gehört Ihnen. Jetzt packen wir es ein.
mail-confirmed-text-waiting = Ihre Bestellung { $number } ist bestätigt. Noch ist nicht alles bei uns: Unten sehen Sie, was fehlt und wann wir es erwarten. Wir versenden alles, sobald es da ist.
mail-confirmed-next = Wir schreiben Ihnen wieder, sobald das Paket unser Haus verlässt, damit Sie es verfolgen können. Bis dahin können Sie sie auf der Seite Ihrer Bestellung stornieren.
mail-confirmed-next-pick-up = Wir schreiben Ihnen wieder, sobald Ihre Bestellung abgeholt werden kann. Bis dahin können Sie sie auf der Seite Ihrer Bestellung stornieren.

## Die Ware ist unterwegs

mail-dispatched-subject = Ihre Bestellung { $number } ist unterwegs
mail-dispatched-subject-pick-up = Ihre Bestellung { $number } kann abgeholt werden
mail-dispatched-subject-part = Ein Teil Ihrer Bestellung { $number } ist unterwegs
mail-dispatched-subject-part-pick-up = Ein Teil Ihrer Bestellung { $number } kann abgeholt werden
mail-dispatched-heading = Ihre Bestellung ist unterwegs
mail-dispatched-heading-pick-up = Ihre Bestellung kann abgeholt werden
mail-dispatched-heading-part = Ein Teil Ihrer Bestellung ist unterwegs
mail-dispatched-heading-part-pick-up = Ein Teil Ihrer Bestellung kann abgeholt werden
mail-dispatched-text = Ihre Bestellung { $number } hat unser Haus verlassen.
mail-dispatched-text-carrier = Ihre Bestellung { $number } hat mit { $carrier } unser Haus verlassen.
mail-dispatched-text-pick-up = Ihre Bestellung { $number } liegt für Sie bereit.
mail-dispatched-part = Ein Teil Ihrer Bestellung { $number } hat unser Haus verlassen.
mail-dispatched-part-carrier = Ein Teil Ihrer Bestellung { $number } hat mit { $carrier } unser Haus verlassen.
mail-dispatched-part-pick-up = Ein Teil Ihrer Bestellung { $number } liegt für Sie bereit.
mail-tracking-number = Sendungsnummer
mail-in-parcel = In diesem Paket
mail-dispatched-last = Der letzte Teil Ihrer Bestellung { $number } hat unser Haus verlassen.
mail-dispatched-last-carrier = Der letzte Teil Ihrer Bestellung { $number } hat unser Haus mit { $carrier } verlassen.
mail-dispatched-last-pick-up = Der Rest Ihrer Bestellung { $number } liegt für Sie bereit.
mail-still-to-come = Noch nicht versandt
mail-dispatched-next = Das Paket sollte in der Zeit bei Ihnen sein, die für Ihre Versandart angegeben ist.
mail-dispatched-next-tracked = Es kann einen Tag dauern, bis der Zusteller die erste Station des Pakets anzeigt.
mail-dispatched-next-part = Der Rest folgt in einem weiteren Paket; wir schreiben Ihnen, sobald es unser Haus verlässt.
mail-dispatched-next-pick-up = Bitte bringen Sie Ihre Bestellnummer mit.
mail-dispatched-next-part-pick-up = Bitte bringen Sie Ihre Bestellnummer mit. Wir schreiben Ihnen wieder, sobald der Rest bereitliegt.

## Die Bestellung ist storniert

mail-cancelled-subject = Ihre Bestellung { $number } wurde storniert
mail-cancelled-heading = Ihre Bestellung wurde storniert
mail-cancelled-text = Ihre Bestellung { $number } wurde storniert und wird nicht versendet.
mail-cancelled-reason = Der angegebene Grund: { $reason }
mail-cancelled-not-charged = Ihnen wurde nichts berechnet.
mail-cancelled-payment-unknown = Wir wissen noch nicht, ob Ihre Zahlung durchgegangen ist. Falls ja, zahlen wir sie von uns aus zurück und schreiben Ihnen.
mail-cancelled-held = Ihnen wurde nichts berechnet. Falls Ihre Bank einen Betrag als vorgemerkt anzeigt, gibt sie ihn von selbst wieder frei, meist innerhalb weniger Tage.
mail-cancelled-paid = Sie hatten { $amount } bezahlt: Wir erstatten den Betrag über das Zahlungsmittel, das Sie verwendet haben, und schreiben Ihnen, sobald das geschehen ist.

## Geld wird erstattet

mail-refunded-subject = Erstattung zu Ihrer Bestellung { $number }
mail-refunded-heading = Wir haben Ihnen Geld erstattet
mail-refunded-preview = { $amount } sind auf dem Weg zu Ihrem Konto.
mail-refunded-text = Wir haben { $amount } zu Ihrer Bestellung { $number } über das Zahlungsmittel erstattet, das Sie verwendet haben.
mail-refunded-text-whole = Wir haben { $amount } zu Ihrer Bestellung { $number } über das Zahlungsmittel erstattet, das Sie verwendet haben. Damit haben Sie alles zurück, was Sie bezahlt hatten.
mail-refunded-reason = Der Grund: { $reason }
mail-refunded-fee = Von dem, was Sie für das Zurückgesandte bezahlt hatten, wurden { $amount } als Gebühr einbehalten.
mail-refunded-next = Ihre Bank zeigt den Betrag in fünf bis zehn Tagen an, je nachdem, wie sie bucht.

## Was eine Firma schuldet, ist überfällig

mail-overdue-subject = Die Zahlung der Bestellung { $number } ist überfällig
mail-overdue-heading = Eine Zahlung ist überfällig
mail-overdue-text = { $amount } für die Bestellung { $number }, die { $company } auf Rechnung gekauft hat, waren am { $due } fällig. Bitte begleichen Sie den Betrag bald.
mail-overdue-paid = Falls Sie inzwischen gezahlt haben, brauchen Sie nichts zu tun.
mail-overdue-again-subject = Zweite Erinnerung: Die Zahlung der Bestellung { $number } ist überfällig
mail-overdue-again-heading = Eine Zahlung ist weiterhin überfällig
mail-overdue-again-text = { $amount } für die Bestellung { $number }, die { $company } auf Rechnung gekauft hat, waren am { $due } fällig; wir haben Sie schon einmal daran erinnert. Bitte begleichen Sie den Betrag jetzt, oder schreiben Sie uns.

## Bis wann eine Bestellung zu zahlen ist, unter ihrer Summe

mail-account-due = Auf Rechnung zu zahlen bis { $due }
mail-account-overdue = Auf Rechnung zu zahlen: überfällig seit { $due }
mail-account-paid = Auf Rechnung bezahlt
mail-account-credited = Auf Rechnung ist nichts mehr zu zahlen
mail-purchase-order = Ihre Bestellnummer

## Ein Kauf soll freigegeben werden

mail-request-subject = { $buyer } bittet um Freigabe eines Kaufs für { $company }
mail-request-heading = Ein Kauf wartet auf Ihre Freigabe
mail-request-text = { $buyer } möchte für { $company } für { $amount } einkaufen und braucht Ihre Freigabe.
mail-request-approved-subject = Ihr Kauf ist freigegeben: Bestellung { $number }
mail-request-approved-heading = Ihr Kauf ist freigegeben
mail-request-approved-text = Ihr Kauf über { $amount } für { $company } ist freigegeben: Es ist die Bestellung { $number }.
mail-request-refused-subject = Ihr Kauf für { $company } ist nicht freigegeben
mail-request-refused-heading = Ihr Kauf ist nicht freigegeben
mail-request-refused-text = Ihr Kauf über { $amount } für { $company } ist nicht freigegeben. Sie können Ihren Warenkorb ändern und noch einmal anfragen.
mail-request-see = Die Anfrage ansehen

## The link to an order, for whoever asked for it

mail-order-link-subject = Der Link zu Ihrer Bestellung { $number }
mail-order-link-heading = Ihre Bestellung
mail-order-link-text = Sie, oder jemand, der Ihre E-Mail-Adresse kennt, haben den Link zu Ihrer Bestellung { $number } angefordert. Er öffnet die Bestellung ohne Anmeldung: Geben Sie ihn nicht weiter.
mail-order-link-other = Falls Sie das nicht waren, brauchen Sie nichts zu tun.
mail-imported-subject = Ihre Bestellung { $number }
mail-imported-text = Sie, oder jemand, der Ihre E-Mail-Adresse kennt, haben Ihre Bestellung { $number } vom { $time } angefordert. Sie wurde in unserem früheren Shop aufgegeben; das haben wir von ihr.
mail-imported-total = Summe: { $amount }

## Die Zahlung ist fehlgeschlagen

mail-payment-failed-subject = Die Zahlung Ihrer Bestellung { $number } ist fehlgeschlagen
mail-payment-failed-heading = Ihre Zahlung ist fehlgeschlagen
mail-payment-failed-text = Ihnen wurde nichts berechnet, und Ihre Bestellung { $number } besteht weiter.
mail-payment-failed-action = Erneut bezahlen
mail-held-until = Wir halten Ihre Artikel bis { $moment } für Sie zurück.
mail-payment-next = Sobald eine Zahlung gelingt, bestätigen wir Ihre Bestellung per E-Mail.
mail-payment-next-held = Sobald eine Zahlung gelingt, bestätigen wir Ihre Bestellung per E-Mail. Gelingt keine, solange wir Ihre Artikel zurückhalten, wird die Bestellung storniert und kostet Sie nichts.

## Wie bezahlt wird

mail-instructions-subject = So bezahlen Sie Ihre Bestellung { $number }
mail-instructions-heading = So bezahlen Sie
mail-instructions-preview = Ihre Artikel sind zurückgelegt, bis Ihre Zahlung eintrifft.
mail-instructions-text = Ihre Artikel sind zurückgelegt. So bezahlen Sie Ihre Bestellung { $number }:
mail-instructions-next = Sobald Ihre Zahlung eingetroffen ist, bestätigen wir Ihre Bestellung per E-Mail.
mail-instructions-next-held = Sobald Ihre Zahlung eingetroffen ist, bestätigen wir Ihre Bestellung per E-Mail. Trifft sie nicht ein, solange wir Ihre Artikel zurückhalten, wird die Bestellung storniert und kostet Sie nichts.

## Erneuerte Downloads

mail-downloads-subject = Die Downloads zu Ihrer Bestellung { $number }
mail-downloads-text = Die Downloads zu Ihrer Bestellung { $number } stehen für Sie bereit.

## Wieder vorrätig

mail-back-subject = { $title } ist wieder vorrätig
mail-back-heading = Wieder vorrätig
mail-back-text = Sie wollten Bescheid wissen: { $title } ist bei { $shop } wieder vorrätig. Wir legen nichts für Sie zurück: Wer zuerst kommt, kauft zuerst.
mail-back-action = Ansehen
mail-back-why = Sie erhalten diese E-Mail einmalig, weil jemand, vermutlich Sie, mit dieser E-Mail-Adresse darum gebeten hat.
mail-back-stop = Keine weiteren E-Mails zu allem, worauf diese Adresse wartet

## An den Shop selbst: Wenig ist übrig

mail-low-subject = Niedriger Bestand: { $title } ({ $sku })
mail-low-heading = Nur noch wenig übrig
mail-low-text = { $title } ({ $sku }) geht zur Neige.
mail-low-place = { $place }: { $count } verfügbar
mail-low-why = Sie wollten ab einem Bestand von { $threshold } oder weniger Bescheid wissen. Die nächste Meldung kommt erst, nachdem wieder mehr da war.
mail-webhook-disabled-subject = Webhooks abgeschaltet: { $endpoint }
mail-webhook-disabled-heading = Webhooks sind abgeschaltet
mail-webhook-disabled-failing = { $endpoint } hat seit Tagen kein Ereignis angenommen und bekommt deshalb nichts mehr gesendet.
mail-webhook-disabled-gone = { $endpoint } meldet, dass es die Adresse nicht mehr gibt, und bekommt deshalb nichts mehr gesendet.
mail-webhook-disabled-next = Was verpasst wurde, bleibt eine Weile aufgehoben: Beheben Sie die Ursache, schalten Sie wieder ein, und lassen Sie es erneut senden.
mail-webhook-disabled-see = Ansehen, was gesendet wurde

## Jemand soll bezahlen, was Mitarbeitende zusammengestellt haben

mail-draft-subject = Ihre Bestellung { $number } bei { $shop } kann bezahlt werden
mail-draft-heading = Ihre Bestellung kann bezahlt werden
mail-draft-text = Wir haben Ihre Bestellung { $number } für Sie zusammengestellt. Zu zahlen: { $amount }.
mail-draft-text-shipping = Wir haben Ihre Bestellung { $number } für Sie zusammengestellt. Zu zahlen: { $amount }, dazu der Versand, den Sie wählen.
mail-draft-line = { $quantity } × { $title }: { $amount }
mail-draft-until = Sie können sie bis { $time } bezahlen.
mail-draft-pay = Ansehen und bezahlen
draft-order-discount = Rabatt
