### Was der Verlauf einer Bestellung, ihre Zahlung und ihre Mitteilungen im Shop sagen. Ganze Sätze, wo nichts anderes steht.

## Der Verlauf

timeline-created = Ihre Bestellung ist bei uns eingegangen.
timeline-created-from-draft = Ihre Bestellung ist bei uns eingegangen, so wie in { $number } angeboten.
timeline-payment-pending = Ihre Zahlung wird bearbeitet.
timeline-action-required = Ihre Bank bittet Sie, die Zahlung freizugeben.
timeline-instructions = Wir haben Ihnen mitgeteilt, wie Sie bezahlen.
timeline-payment-authorized = Ihre Zahlung ist autorisiert.
timeline-payment-promised = Sie bezahlen, wenn die Ware ankommt.
timeline-payment-on-account = Sie zahlen auf Rechnung bis zu dem Tag, der sich aus den Zahlungsbedingungen Ihrer Firma ergibt.
timeline-payment-arrived = Ihre Zahlung ist eingetroffen.
timeline-payment-captured = Ihre Zahlung wurde eingezogen.
timeline-payment-voided = Das für Ihre Bestellung vorgemerkte Geld wurde freigegeben.
timeline-payment-failed = Ihre Zahlung ist fehlgeschlagen. Sie können es erneut versuchen.
timeline-confirmed = Ihre Bestellung ist bestätigt.
timeline-confirmed-packed = Ihre Bestellung ist bestätigt und wird gepackt.
timeline-dispatched = Ihre Bestellung ist unterwegs.
timeline-dispatched-carrier = Ihre Bestellung ist mit { $carrier } unterwegs.
timeline-dispatched-pick-up = Ihre Bestellung kann abgeholt werden.
timeline-parcel-packed = Ein Paket Ihrer Bestellung steht bereit.
timeline-parcel-dispatched = Ein Teil Ihrer Bestellung ist unterwegs.
timeline-parcel-dispatched-carrier = Ein Teil Ihrer Bestellung ist mit { $carrier } unterwegs.
timeline-parcel-dispatched-pick-up = Ein Teil Ihrer Bestellung kann abgeholt werden.
timeline-parcel-in-transit = Ein Paket Ihrer Bestellung ist auf dem Transportweg.
timeline-parcel-out-for-delivery = Ein Paket Ihrer Bestellung wird heute zugestellt.
timeline-parcel-delivered = Ein Paket Ihrer Bestellung ist angekommen.
timeline-parcel-delivery-failed = Ein Paket Ihrer Bestellung konnte nicht zugestellt werden. Der Zusteller teilt Ihnen mit, wie es weitergeht.
timeline-parcel-returned = Ein Paket Ihrer Bestellung ging an uns zurück.
timeline-parcel-updated = Die Sendungsverfolgung eines Pakets Ihrer Bestellung hat sich geändert.
timeline-parcel-cancelled = Ein Paket wurde vor dem Versand wieder ausgepackt.
timeline-completed = Ihre Bestellung ist abgeschlossen.
timeline-cancelled = Ihre Bestellung wurde storniert.
timeline-cancelled-reason = Ihre Bestellung wurde storniert: { $reason }
timeline-refund-requested = { $amount } sind auf dem Weg zurück zu Ihnen.
timeline-refund-requested-reason = { $amount } sind auf dem Weg zurück zu Ihnen: { $reason }
timeline-refund-requested-all = Ihr Geld ist auf dem Weg zurück zu Ihnen.
timeline-refunded = { $amount } wurden Ihnen erstattet.
timeline-refunded-reason = { $amount } wurden Ihnen erstattet: { $reason }
timeline-refunded-all = Ihr Geld wurde Ihnen erstattet.
timeline-contact-updated = Ihre Kontaktdaten wurden berichtigt.
timeline-address-updated = Die Lieferadresse Ihrer Bestellung wurde berichtigt.
timeline-downloads-renewed = Ihre Downloads wurden erneuert.

## Warum eine Bestellung storniert wurde, am Ende eines Satzes

cancelled-not-paid = Sie wurde nicht rechtzeitig bezahlt.
cancelled-sold-out = Die Ware war ausverkauft, bevor Ihre Zahlung eintraf; Ihr Geld wird erstattet.

## Mitteilungen im Shop

notice-action-required = Bitte geben Sie die Zahlung Ihrer Bestellung { $number } frei.
notice-instructions = So bezahlen Sie Ihre Bestellung { $number }.
notice-payment-failed = Die Zahlung Ihrer Bestellung { $number } ist fehlgeschlagen.
notice-confirmed = Ihre Bestellung { $number } ist bestätigt.
notice-dispatched = Ihre Bestellung { $number } ist unterwegs.
notice-parcel-dispatched = Ein Teil Ihrer Bestellung { $number } ist unterwegs.
notice-parcel-delivered = Ein Paket Ihrer Bestellung { $number } ist angekommen.
notice-parcel-delivery-failed = Ein Paket Ihrer Bestellung { $number } konnte nicht zugestellt werden.
notice-completed = Ihre Bestellung { $number } ist abgeschlossen.
notice-cancelled = Ihre Bestellung { $number } wurde storniert.
notice-refunded = Wir haben Ihnen Geld zu Ihrer Bestellung { $number } erstattet.
notice-owed-less = Für Ihre Bestellung { $number } ist weniger zu bezahlen.
notice-exchanged = Was Sie für Waren Ihrer Bestellung { $number } bezahlt haben, bezahlt die Ware, die wir im Umtausch senden.

## Warum eine Zahlung abgelehnt wurde

declined = Die Zahlung wurde abgelehnt. Bitte verwenden Sie ein anderes Zahlungsmittel, oder fragen Sie Ihre Bank.
declined-funds = Das Konto ist nicht ausreichend gedeckt. Bitte verwenden Sie ein anderes Zahlungsmittel.
declined-expired = Diese Karte ist abgelaufen. Bitte verwenden Sie eine andere.
declined-saved-gone = Diese gespeicherte Karte ist nicht mehr hinterlegt und wurde nicht belastet. Bitte geben Sie Ihre Karte neu ein oder verwenden Sie ein anderes Zahlungsmittel.
declined-details = Die Angaben zur Karte stimmen nicht. Bitte prüfen Sie sie, und versuchen Sie es erneut.
declined-unconfirmed = Die Zahlung wurde nicht freigegeben. Bitte versuchen Sie es erneut, und geben Sie sie bei Ihrer Bank frei.
declined-unsupported = Die Karte kann für diesen Einkauf nicht verwendet werden. Bitte verwenden Sie ein anderes Zahlungsmittel.
declined-limit = Das Limit der Karte ist erreicht. Bitte verwenden Sie eine andere Karte, oder fragen Sie Ihre Bank.
declined-voided = Die Zahlung wurde abgebrochen, bevor sie abgeschlossen war. Bitte versuchen Sie es erneut.
declined-processing = Die Zahlung konnte nicht bearbeitet werden. Bitte versuchen Sie es erneut.

## Was einer Zahlung im Weg steht

payment-action-required = Die Zahlung wartet auf Sie: Ein weiterer Schritt ist nötig.
payment-pending = Die Zahlung wird bearbeitet.
payment-provider-unavailable = Die Zahlung verzögert sich: Der Zahlungsanbieter antwortet im Moment nicht. Sie müssen nichts tun.
payment-config-missing = Die Zahlung kann im Moment nicht eingezogen werden. Der Shop weiß Bescheid; Sie müssen nicht noch einmal bezahlen.
payment-voided = Die Zahlung wurde abgebrochen, und es wurde kein Geld eingezogen.

## Warum keine Steuer anfällt, wie eine Rechnung es sagt

tax-exempt = Steuerfrei.
tax-reverse-charge = Steuerschuldnerschaft des Leistungsempfängers.
tax-export = Steuerfreie Ausfuhrlieferung.
