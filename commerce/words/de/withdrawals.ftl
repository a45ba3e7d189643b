### Was über den Widerruf von Verträgen gesagt wird.

withdrawal-statement-whole = Hiermit widerrufe ich, { $name }, meinen Vertrag über die Waren der Bestellung { $order }.
withdrawal-statement-part = Hiermit widerrufe ich, { $name }, meinen Vertrag über diese Waren der Bestellung { $order }:
withdrawal-statement-line = { $quantity } × { $title }
withdrawal-statement-email = Bitte bestätigen Sie den Eingang an { $email }.

withdrawal-name = Bitte geben Sie Ihren Namen an.
withdrawal-no-lines = Wählen Sie, welche Waren Sie widerrufen, oder widerrufen Sie die ganze Bestellung.
withdrawal-only-so-many = { $count ->
    [one] Von { $title } wurde nur { $count } Stück bestellt.
   *[other] Von { $title } wurden nur { $count } Stück bestellt.
}
withdrawal-lines-of-unopened = Um Positionen zu wählen, öffnen Sie zuerst die Bestellung, oder sagen Sie mit eigenen Worten, welche Waren gemeint sind.
withdrawal-too-often = Das war zu oft für diese Adresse. Versuchen Sie es in einer Stunde wieder, oder schreiben Sie dem Shop.
withdrawal-is-decided = Über den Widerruf ist schon entschieden.
withdrawal-needs-order = Sagen Sie zuerst, welche Bestellung gemeint ist.
withdrawal-has-order = Der Widerruf gehört schon zu einer anderen Bestellung.

withdrawal-return-note = Aus dem Widerruf { $number }.
cancelled-withdrawn = Sie haben den Vertrag widerrufen; Ihr Geld wird zurückgezahlt.
timeline-withdrawal-received = Ihr Widerruf ist bei uns eingegangen.
timeline-withdrawal-accepted = Ihr Widerruf ist angenommen.
timeline-withdrawal-refused = Ihr Widerruf konnte nicht angenommen werden.

mail-withdrawal-number = Nummer
mail-withdrawal-at = Eingegangen am { $moment }
mail-withdrawal-statement = Ihre Erklärung
mail-withdrawal-staff-statement = Die Erklärung
mail-withdrawal-see = Den Widerruf ansehen
mail-withdrawal-received-subject = Ihr Widerruf der Bestellung { $order } ist eingegangen ({ $number })
mail-withdrawal-received-heading = Ihr Widerruf ist eingegangen
mail-withdrawal-received-text = Hiermit bestätigen wir, dass Ihr Widerruf der Bestellung { $order } bei uns eingegangen ist. Bitte bewahren Sie diese Mail auf.
mail-withdrawal-received-next = Wir schreiben Ihnen, wie es weitergeht: wohin Sie Waren senden, die Sie haben, und wann Sie Ihr Geld zurückbekommen.
mail-withdrawal-accepted-subject = Ihr Widerruf der Bestellung { $order } ist angenommen ({ $number })
mail-withdrawal-accepted-heading = Ihr Widerruf ist angenommen
mail-withdrawal-accepted-text = Wir nehmen Ihren Widerruf der Bestellung { $order } an und schreiben Ihnen wegen Ihres Geldes.
mail-withdrawal-refused-subject = Ihr Widerruf der Bestellung { $order } ({ $number })
mail-withdrawal-refused-heading = Wir können Ihren Widerruf nicht annehmen
mail-withdrawal-refused-text = Wir haben Ihren Widerruf der Bestellung { $order } geprüft und können ihn nicht annehmen:
mail-withdrawal-staff-subject = Widerruf der Bestellung { $order } ({ $number })
mail-withdrawal-staff-heading = Eine Kundin oder ein Kunde widerruft
mail-withdrawal-staff-done = Der Widerruf kam rechtzeitig. Die Waren kommen mit einer Rücksendung zurück, oder die Bestellung wurde storniert.
mail-withdrawal-staff-open = Der Widerruf kam rechtzeitig, und etwas davon wartet auf Sie: Waren, die ausgenommen, noch nicht versandt oder in Worten beschrieben sind.
mail-withdrawal-staff-late = Der Widerruf kam nach Ablauf der Frist. Bitte entscheiden Sie.
mail-withdrawal-staff-not-entitled = Für die Bestellung gibt es kein Widerrufsrecht: in diesem Markt nicht, oder weil eine Firma gekauft hat. Bitte entscheiden Sie.
mail-withdrawal-staff-unmatched = Keine Bestellung hat diese Nummer und diese Adresse. Bitte finden Sie heraus, welche gemeint ist.
