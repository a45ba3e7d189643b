### Was über Waren gesagt wird, die zurückkommen.

return-is-requested = Die Rücksendung muss erst genehmigt oder abgelehnt werden.
return-is-approved = Die Rücksendung ist genehmigt, und noch ist nichts davon angekommen.
return-is-received = Waren der Rücksendung sind schon angekommen.
return-is-inspected = Die Rücksendung ist schon geprüft.
return-is-closed = Die Rücksendung ist abgeschlossen.
return-is-refused = Die Rücksendung wurde abgelehnt.
return-is-cancelled = Die Rücksendung wurde aufgegeben.

return-not-sent = Es wurde noch nicht versandt. Stornieren Sie stattdessen die Bestellung.
return-nothing-left = Alles davon ist schon zurück oder erstattet oder auf dem Weg zurück.
return-too-late = Es konnte bis zum { $day } zurückgesandt werden.
return-digital = Downloads und Geschenkkarten können nicht zurückgesandt werden.
return-exempt-made-to-order = Es wurde eigens angefertigt und kann nicht zurückgesandt werden.
return-exempt-perishable = Es verdirbt schnell und kann nicht zurückgesandt werden.
return-exempt-hygiene = Aus Gründen der Hygiene kann es entsiegelt nicht zurückgesandt werden.
return-exempt-sealed-media = Mit gebrochenem Siegel kann es nicht zurückgesandt werden.
return-exempt-other = Der Shop nimmt es nicht zurück.
return-only-so-many = { $left ->
    [one] Von { $title } kann nur { $left } Stück zurückgesandt werden.
   *[other] Von { $title } können nur { $left } Stück zurückgesandt werden.
}
return-lines-range = Eine Rücksendung hat 1 bis { $count } Positionen.
return-pictures-max = Eine Rücksendung hat höchstens { $count } Bilder.
return-too-many = Eine Bestellung hat höchstens { $count } Rücksendungen. Schreiben Sie dem Shop.
return-credit-of-guest = Guthaben bekommt nur, wer ein Konto hat: Wählen Sie die Erstattung oder einen Umtausch.

timeline-return-requested = Sie möchten Waren zurücksenden.
timeline-return-approved = Ihre Rücksendung ist genehmigt. Wir haben Ihnen gesagt, wie Sie sie versenden.
timeline-return-refused = Ihre Rücksendung wurde abgelehnt.
timeline-return-cancelled = Ihre Rücksendung wurde aufgegeben.
timeline-return-received = Waren, die Sie zurückgesandt haben, sind angekommen.
timeline-return-closed = Ihre Rücksendung ist abgeschlossen.
timeline-exchanged = Was Sie für zurückgesandte Ware bezahlt haben, bezahlt die Ware, die wir im Umtausch senden.
timeline-refunded-first = Was Sie für zurückgesandte Ware bezahlt haben, geht dorthin zurück, womit Sie sie bezahlt haben.
timeline-owed-less = Für Ihre Bestellung ist weniger zu bezahlen.
timeline-claim-resent = Wir senden Waren Ihrer Bestellung noch einmal.
timeline-claim-settled = Wir haben Ihre Reklamation erledigt.

mail-return-goods = Was zurückkommt
mail-return-came = Was angekommen ist
mail-return-address = Senden Sie es an
mail-return-number = Rücksendung { $number }
mail-return-label = Das Etikett für Ihr Paket
mail-return-requested-subject = Ihre Anfrage zur Rücksendung { $number } ist da
mail-return-requested-heading = Wir haben Ihre Anfrage
mail-return-requested-text = Sie möchten Waren Ihrer Bestellung { $number } zurücksenden.
mail-return-requested-next = Wir sehen uns Ihre Anfrage an und schreiben Ihnen. Senden Sie vorher nichts.
mail-return-approved-subject = Ihre Rücksendung { $number } ist genehmigt
mail-return-approved-heading = Ihre Rücksendung ist genehmigt
mail-return-approved-text = Sie können diese Waren Ihrer Bestellung { $number } zurücksenden.
mail-return-approved-next = Schreiben Sie die Nummer der Rücksendung auf das Paket. Wir schreiben Ihnen, sobald es hier ist.
mail-return-refused-subject = Ihre Rücksendung { $number } wurde abgelehnt
mail-return-refused-heading = Wir können die Waren nicht zurücknehmen
mail-return-refused-text = Wir haben Ihre Anfrage zu Ihrer Bestellung { $number } geprüft und können sie nicht annehmen.
mail-return-received-subject = Ihre Rücksendung { $number } ist angekommen
mail-return-received-heading = Ihre Rücksendung ist angekommen
mail-return-received-text = Waren Ihrer Bestellung { $number }, die Sie zurückgesandt haben, sind angekommen.
mail-return-received-next = Wir sehen uns die Waren an und schreiben Ihnen dann wegen Ihres Geldes.
mail-exchanged-subject = Wir tauschen Waren Ihrer Bestellung { $number } um
mail-exchanged-heading = Ihr Umtausch
mail-exchanged-text = Was Sie für Waren Ihrer Bestellung { $number } bezahlt haben, { $amount }, bezahlt die Bestellung, mit der wir Ihnen andere senden.
mail-exchange-until = Zu bezahlen ist bis zum { $day }. Danach stornieren wir den Umtausch, und Ihr Geld geht zurück.
mail-refunded-first-text = { $amount } zu Ihrer Bestellung { $number } gehen dorthin zurück, womit Sie die erste Bestellung bezahlt haben: Zu jener folgt eine E-Mail.
mail-owed-less-subject = Für Ihre Bestellung { $number } ist weniger zu bezahlen
mail-owed-less-heading = Es ist weniger zu bezahlen
mail-owed-less-text = Wir haben { $amount } von dem abgezogen, was für Ihre Bestellung { $number } noch zu bezahlen ist.
mail-cancelled-exchange = Was für die zurückgesandte Ware bezahlt wurde, geht dorthin zurück, womit Sie sie bezahlt haben. Zu jener Bestellung folgt eine E-Mail.
mail-exchanged-next = Zu dieser Bestellung schreiben wir Ihnen eigens, auch wenn noch etwas zu zahlen ist.
mail-resent-subject = Wir senden Waren Ihrer Bestellung { $first } noch einmal: { $number }
mail-resent-heading = Wir senden es noch einmal
mail-resent-text = Waren Ihrer Bestellung { $first } werden kostenlos noch einmal gesandt. Sie kommen mit der Bestellung { $number }.
mail-exchanging-subject = Ihr Umtausch zur Bestellung { $first }: { $number }
mail-exchanging-text = Im Umtausch für Waren Ihrer Bestellung { $first } senden wir Ihnen andere. Sie kommen mit der Bestellung { $number }.

notice-return-approved = Sie können Waren Ihrer Bestellung { $number } zurücksenden: sehen Sie nach, wie.
notice-return-refused = Wir können Waren Ihrer Bestellung { $number } nicht zurücknehmen.
notice-return-received = Waren Ihrer Bestellung { $number }, die Sie zurückgesandt haben, sind angekommen.
