### Geschenkkarten und Guthaben, wo damit bezahlt wird.

gift-card-day = Der Tag, an dem eine Geschenkkarte verschickt wird, muss wie 2027-12-24 geschrieben sein und innerhalb eines Jahres liegen.
gift-card-code-form = Das ist kein Code einer Geschenkkarte: Er hat zwanzig Buchstaben und Ziffern, wie { $example }. Prüfen Sie auf Tippfehler.
gift-card-unknown = Es gibt keine Geschenkkarte mit diesem Code, oder sie gilt nicht mehr.
gift-card-empty = Auf dieser Geschenkkarte ist nichts mehr.
gift-card-expired = Diese Geschenkkarte ist abgelaufen.
gift-card-currency = Diese Geschenkkarte ist in { $card }, der Warenkorb in { $cart }.
gift-card-amount-fixed = Der Betrag dieser Geschenkkarte kann nicht gewählt werden: Er ist ihr Preis.
gift-card-amount-currency = Der Betrag dieser Geschenkkarte kann nur in { $currency } gewählt werden.
gift-card-amount-range = Wählen Sie einen Betrag zwischen { $least } und { $most }, in Schritten von { $step }.
gift-cards-max = Höchstens { $count } Geschenkkarten können einen Warenkorb bezahlen.
gift-card-lower = Mit der Geschenkkarte, die auf { $digits } endet, können nur noch { $current } bezahlt werden; es waren { $seen }.
store-credit-sign-in = Melden Sie sich an, um mit Ihrem Guthaben zu bezahlen.
store-credit-none = Sie haben kein Guthaben in { $currency }.
store-credit-lower = Ihr Guthaben beträgt jetzt { $current }; es waren { $seen }.
credit-used-meanwhile = Eine Geschenkkarte oder das Guthaben wurde inzwischen anderswo benutzt: Sehen Sie den Warenkorb noch einmal an.

## Die E-Mail, die eine Geschenkkarte bringt

mail-gift-card-subject = Eine Geschenkkarte von { $shop } für Sie
mail-gift-card-heading = Eine Geschenkkarte für Sie
mail-gift-card-text = Sie haben eine Geschenkkarte über { $amount } für { $shop } bekommen.
mail-gift-card-text-from = { $sender } schenkt Ihnen eine Geschenkkarte über { $amount } für { $shop }.
mail-gift-card-code = Ihr Code
mail-gift-card-how = Geben Sie ihn an der Kasse ein. Was übrig ist, bleibt für die nächste Bestellung auf der Karte.
mail-gift-card-expires = Sie gilt bis { $date }.
mail-gift-card-keep = Wer den Code hat, kann damit bezahlen: Bewahren Sie diese E-Mail auf wie Geld.
mail-gift-card-action = Zum Shop
mail-credit-expires-subject = { $amount } bei { $shop } verfallen bald
mail-credit-expires-heading = Bald abgelaufen
mail-credit-expires-card = Auf Ihrer Geschenkkarte, die auf { $digits } endet, sind noch { $amount }. Sie gilt bis { $date }.
mail-credit-expires-own = Sie haben ein Guthaben von { $amount }. Es gilt bis { $date }.

## Geld wird als Guthaben erstattet

mail-refunded-card-text = Wir haben { $amount } Ihrer Bestellung { $number } auf die Geschenkkarte zurückgebucht, die auf { $digits } endet.
mail-refunded-credit-text = Wir haben { $amount } Ihrer Bestellung { $number } Ihrem Guthaben gutgeschrieben.
mail-refunded-credit-next = Sie können Ihre nächste Bestellung sofort damit bezahlen.

## In E-Mails zu Bestellungen

mail-credit = Geschenkkarten und Guthaben
mail-due = Noch zu zahlen
mail-cancelled-credit = Was Geschenkkarten und Guthaben bezahlt haben, ist wieder darauf.
