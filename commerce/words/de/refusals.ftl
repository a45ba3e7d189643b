### Warum der Shop nicht getan hat, worum er gebeten wurde: ein Satz oder zwei, was nicht stimmt und was zu tun ist. Namen in
### `Backticks` sind Felder der API.

## Jede Eingabe

empty-field = `{ $field }` darf nicht leer sein.
too-many-characters = `{ $field }` darf höchstens { $count } Zeichen haben.
hidden-characters = `{ $field }` enthält ein Steuerzeichen oder eines, das Text verbirgt.
not-an-email = `{ $field }` muss eine einzelne E-Mail-Adresse sein, wie `ada@example.com`.
quoted-email = `{ $field }` hat Anführungszeichen vor dem @, was viele Mailserver ablehnen: Geben Sie eine andere Adresse an.
dotted-email = `{ $field }` hat vor dem @ einen Punkt am Anfang oder am Ende oder zwei hintereinander, was viele Mailserver ablehnen: Geben Sie eine andere Adresse an.
not-a-country = `{ $field }` muss ein Land mit zwei Buchstaben nach ISO 3166-1 nennen, wie `DE`.
postal-code-empty = `postalCode` darf nicht leer sein.
postal-code-form = `postalCode` muss die Form von `{ $example }` haben ({ $country }).
phone-form = `{ $field }` muss eine Telefonnummer sein, etwa `+49 30 123456`.
mobile-form = `{ $field }` muss eine Mobilnummer mit der Vorwahl ihres Landes sein, etwa `{ $example }`.
sms-order-over = Zu dieser Bestellung gibt es nichts mehr mitzuteilen.
push-subscription = Der Browser hat keine Adresse genannt, an die Nachrichten gesendet werden können. Versuchen Sie es noch einmal, oder mit einem anderen Browser.
region-unknown = `region` muss eine Region dieses Landes ({ $country }) aus der Liste seiner Post sein, etwa `{ $example }`.
# What staff keep, within another message. `$what` is English.
noun = { $kind ->
    [discount] Rabatt
    [draft-order] Bestellentwurf
    [line-in-this-draft-order] Position dieses Entwurfs
    [product] Produkt
    [variant] Variante
    [variant-of-this-product] Variante dieses Produkts
    [category] Kategorie
    [collection] Kollektion
    [attribute] Attribut
    [picture] Bild
    [picture-of-this-product] Bild dieses Produkts
    [upload] Upload
    [file] Datei
    [download] Download
    [customer] Kunde
    [session] Sitzung
    [link] Link
    [identity] Verknüpfung
    [identity-provider] Anmeldeanbieter
    [second-factor] zweiter Faktor
    [member-of-staff] Teammitglied
    [role] Rolle
    [open-invitation] offene Einladung
    [app] App
    [location] Standort
    [stock] Bestand
    [stock-policy] Bestandsregel
    [transfer] Umlagerung
    [count] Inventur
    [capture] Einzug
    [refund] Erstattung
    [mail] E-Mail
    [note] Notiz
    [page] Seite
    [menu] Menü
    [redirect] Weiterleitung
    [text] Text
    [text-message] SMS
    [shipping-zone] Versandzone
    [zone] Zone
    [shipping-method] Versandart
    [method] Versandart
    [tax-rate] Steuersatz
    [rate] Steuersatz
    [economic-operator] Wirtschaftsakteur
    [search-rule] Suchregel
    [search-settings] Sucheinstellungen
    [group-of-synonyms] Synonymgruppe
    [setting] Einstellung
    [flag] Schalter
    [export] Export
    [bulk-operation] Massenvorgang
    [file-of-operations] Vorgangsdatei
    [job] Aufgabe
    [finding] Befund
    [thing] Objekt
    [deleted-metafield] gelöschtes Metafeld
    [order] Bestellung
    [line-of-this-order] Position dieser Bestellung
    [batch-of-codes] Stapel von Codes
    [code] Code
    [gift-card] Gutschein
    [catalog] Katalog
    [group-of-customers] Kundengruppe
    [company] Firma
    [place] Ort
    [place-of-a-company] Ort einer Firma
    [market] Markt
    [price-list] Preisliste
    [scheduled-price] geplanter Preis
    [import] Import
    [payment] Zahlung
    [webhook-endpoint] Webhook-Endpunkt
    [webhook-delivery] Webhook-Zustellung
   *[other] { $what }
}
missing = Nicht gefunden: { $noun }.
missing-address = Diese Adresse gibt es nicht.
missing-cart = Diesen Warenkorb gibt es nicht.
missing-line = Diese Position gibt es in diesem Warenkorb nicht.
missing-order = Diese Bestellung gibt es nicht.
missing-payment = Diese Zahlung gibt es nicht.
outdated = Inzwischen geändert: { $noun }, jetzt bei Version { $version }. Lesen Sie neu.
outdated-account = Das Konto hat sich inzwischen geändert: Es ist bei Version { $version }. Lesen Sie es neu.
outdated-address = Die Adresse hat sich inzwischen geändert: Sie ist bei Version { $version }. Lesen Sie sie neu.
outdated-cart = Der Warenkorb hat sich inzwischen geändert: Er ist bei Version { $version }. Lesen Sie ihn neu.
too-often = { $seconds ->
    [one] Das war zu oft: Versuchen Sie es in { $seconds } Sekunde erneut.
   *[other] Das war zu oft: Versuchen Sie es in { $seconds } Sekunden erneut.
}
not-offered = Der Shop bietet das zurzeit nicht an.
sign-in-to-order = Melden Sie sich an oder legen Sie ein Konto an, um hier zu bestellen.
key-reused = Dieser Idempotenzschlüssel wurde für eine andere Anfrage verwendet. Nehmen Sie einen neuen.
request-key-form = Ein Idempotency-Key hat 1 bis { $most } sichtbare ASCII-Zeichen, etwa eine zufällige UUID.
request-key-short = Wenn niemand angemeldet ist, hat ein Idempotency-Key mindestens { $least } Zeichen, etwa eine zufällige UUID: Nichts sonst unterscheidet ihn von dem anderer.

## Der Warenkorb

cart-empty = Der Warenkorb ist leer.
cart-completed = Aus diesem Warenkorb ist eine Bestellung geworden; er lässt sich nicht mehr ändern. Legen Sie einen neuen an.
cart-lines-max = Ein Warenkorb fasst höchstens { $count } Positionen.
cart-quantity-range = Die Menge einer Position muss zwischen { $least } und { $most } liegen.
cart-variant-missing = Diese Variante wird nicht verkauft.
reorder-nothing = Von dieser Bestellung wird nichts mehr verkauft.
cart-sku-missing = Diese Artikelnummer wird nicht verkauft.
cart-claim-sign-in = Melden Sie sich erst an: Ein Warenkorb wird für ein Konto übernommen.
cart-attributes-max = Höchstens { $count } Attribute können angegeben werden.
cart-attribute-twice = Den Schlüssel `{ $key }` gibt es zweimal.
sold-out = { $title } ist ausverkauft.
only-so-many = { $available ->
    [one] Von { $title } ist nur noch { $available } Stück verfügbar.
   *[other] Von { $title } sind nur noch { $available } Stück verfügbar.
}
order-at-least = Von { $title } bestellen Sie mindestens { $minimum }.
order-at-most = Von { $title } bestellen Sie höchstens { $maximum }.
order-in-steps = { $title } wird nur in Vielfachen von { $step } verkauft.
on-account-not-offered = Hier können Sie nicht auf Rechnung kaufen. Wählen Sie eine andere Zahlungsart.
on-account-own-currency = Auf Rechnung kaufen Sie nur in { $currency }. Wählen Sie eine andere Zahlungsart.
on-account-limit = Mit weiteren { $amount } wäre der Kreditrahmen Ihrer Firma überschritten. Begleichen Sie zuerst, was offen ist, oder wählen Sie eine andere Zahlungsart.
no-longer-sold = { $title } wird nicht mehr verkauft.
not-sold-there = { $title } wird in diesem Land nicht verkauft: { $country }.
price-changed = Der Preis von { $title } beträgt jetzt { $current }; bisher waren es { $seen }.
total-changed = Die Summe ist jetzt { $total }, sie war { $agreed }. Sehen Sie sich den Warenkorb noch einmal an.
contact-missing = Es fehlt eine E-Mail-Adresse.
address-missing = Es fehlt eine Lieferadresse.
not-shipped-to = In dieses Land wird nichts geliefert: { $country }.
not-carried = Keine Versandart bringt { $title } an diese Adresse: Entfernen Sie es, oder lassen Sie es an eine andere senden.
no-method-fits = Keine Versandart befördert diesen Warenkorb als Ganzes, wegen seines Gewichts oder Werts oder weil seine Artikel nicht zusammen versendet werden: Ändern Sie den Inhalt, oder geben Sie mehrere Bestellungen auf.
not-payable = { $due } lassen sich hier nicht bezahlen: Zahlungen sind nur in Vielfachen von { $step } möglich. Ändern Sie die Menge im Warenkorb, oder sagen Sie dem Shop Bescheid.
method-missing = Es fehlt eine Versandart.
address-of-goods-missing = Geben Sie die Adresse an, an die geliefert wird; wo nichts versendet wird, genügt die Rechnungsadresse.
method-needs-address = Geben Sie erst die Lieferadresse an: Von ihr hängen die Versandarten ab.
method-does-not-reach = Diese Versandart erreicht die Adresse nicht oder befördert nicht alles aus dem Warenkorb.
in-stock-already = Der Artikel ist vorrätig: Sie können ihn jetzt bestellen.
alert-own-address = Wir schreiben an Ihre eigene E-Mail-Adresse: Lassen Sie `email` weg.
code-challenge-form = `code_challenge` muss ein SHA-256 in base64url sein, ohne Füllzeichen.
sign-in-code-dead = Dieser Code wurde benutzt oder ist zu alt: Melden Sie sich beim Anbieter noch einmal an.
token-is-card-number = `token` ist eine Kartennummer. Schicken Sie keine Kartennummern hierher: Die Bibliothek des Zahlungsanbieters nimmt sie im Browser an und gibt ein Token.
saved-card-or-token = Geben Sie entweder `token` oder `savedPaymentMethodId` an.
cards-not-saved = Bei dieser Zahlungsart werden keine Karten gespeichert: Zahlen Sie, ohne zu speichern, oder wählen Sie eine andere.
sign-in-to-save-card = Melden Sie sich an, um eine Karte zu speichern.
saved-cards-max = Höchstens { $count } Karten werden gespeichert. Entfernen Sie erst eine.
missing-saved-card = Diese gespeicherte Karte gibt es nicht.
payment-in-steps = Der Zahlungsanbieter kann { $amount } nicht annehmen, nur Vielfache von { $step }.
export-address-dead = Diese Adresse stammt nicht vom Shop oder ist abgelaufen.
order-changed-meanwhile = Die Bestellung hat sich inzwischen geändert. Lesen Sie sie noch einmal.
alerts-max = Diese E-Mail-Adresse wartet schon auf { $count } Artikel.

## Rabatte

discount-code-unknown = Den Code { $code } gibt es nicht.
discount-code-expired = Der Code { $code } ist abgelaufen.
discount-code-used-up = Der Code { $code } ist aufgebraucht.
discount-code-used-by-you = Den Code { $code } haben Sie so oft eingelöst, wie es möglich ist.
discount-code-elsewhere = Der Code { $code } gilt nicht für Ihr Land oder Ihre Währung.
discount-code-other-customers = Der Code { $code } gilt für bestimmte Kundinnen und Kunden: Melden Sie sich an, wenn Sie dazugehören.
discount-code-not-first = Der Code { $code } gilt für eine erste Bestellung.
discount-code-other-goods = Der Code { $code } gilt für nichts, was im Warenkorb liegt.
discount-code-spend-more = Der Code { $code } gilt ab { $amount } mehr.
discount-code-add-units = { $count ->
    [one] Legen Sie { $count } Stück dazu, dann gilt der Code { $code }.
   *[other] Legen Sie { $count } Stück dazu, dann gilt der Code { $code }.
}
discount-code-add-gift = { $count ->
    [one] Legen Sie { $count } Stück von dem in den Warenkorb, was der Code { $code } günstiger macht.
   *[other] Legen Sie { $count } Stück von dem in den Warenkorb, was der Code { $code } günstiger macht.
}
discount-code-other-destination = Der Code { $code } gilt nicht dort, wohin die Ware geht.
discount-code-other-method = Der Code { $code } gilt nicht für die gewählte Versandart.
discount-code-nothing-left = Der Code { $code } macht hier nichts günstiger.
discount-code-outdone = Der Code { $code } lässt sich nicht mit den anderen Rabatten verbinden, die mehr sparen.
discount-codes-max = Ein Warenkorb nimmt höchstens { $count } Codes auf.
discount-near-spend = Noch { $amount } bis: { $title }
discount-near-units = { $count ->
    [one] Noch { $count } Stück bis: { $title }
   *[other] Noch { $count } Stück bis: { $title }
}
discount-near-gift = { $count ->
    [one] Legen Sie { $count } Stück davon dazu: { $title }
   *[other] Legen Sie { $count } Stück davon dazu: { $title }
}
discount-gone = Einen Rabatt gibt es nicht mehr. Sehen Sie sich den Warenkorb noch einmal an.
discount-used-up-meanwhile = „{ $title }“ ist soeben aufgebraucht worden. Sehen Sie sich den Warenkorb noch einmal an.
discount-used-by-you-meanwhile = „{ $title }“ haben Sie so oft genutzt, wie es möglich ist. Sehen Sie sich den Warenkorb noch einmal an.

## Zahlung

no-payment-method = Diese Zahlungsart hat der Shop nicht.
payment-not-configured = Der Shop kann im Moment keine Zahlungen annehmen: Sein Zahlungsanbieter ist nicht eingerichtet.
payment-earlier-open = Von einer früheren Zahlung dieser Bestellung steht noch nicht fest, dass sie fehlgeschlagen ist.
payment-under-way = Eine Zahlung dieser Bestellung läuft gerade. Warten Sie ihr Ergebnis ab.

## Konten

wrong-credentials = E-Mail-Adresse und Passwort passen zu keinem Konto.
wrong-password = Das ist nicht Ihr Passwort.
wrong-sign-up-password = Das ist nicht das Passwort, das zu dieser E-Mail gewählt wurde. Suchen Sie nach einer späteren E-Mail, oder legen Sie das Konto noch einmal an.
password-not-set = Ihr Konto hat noch kein Passwort: Lassen Sie sich einen Link schicken, mit dem Sie eines setzen, und kommen Sie damit wieder.
language-not-spoken = Der Shop spricht diese Sprache nicht. Er spricht { $languages }.
email-taken = Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich an, oder verwenden Sie eine andere Adresse.
session-ended = Melden Sie sich neu an: Die Sitzung ist beendet.
nobody-signed-in = Niemand ist angemeldet.
sign-in-account = Melden Sie sich in Ihrem Konto an.
sign-in-orders = Melden Sie sich an, um Ihre Bestellungen zu sehen.
sign-in-notifications = Melden Sie sich an, um Ihre Mitteilungen zu sehen.
changed-too-often = Das wurde zu oft geändert. Schreiben Sie dem Shop.
addresses-max = Ein Adressbuch fasst höchstens { $count } Adressen. Löschen Sie erst eine.
password-too-long = Ein Passwort hat höchstens { $most } Zeichen.
password-too-short = Ein Passwort hat mindestens { $least } Zeichen; { $least-strong } oder mehr genügen, wenn es schwer zu erraten ist.
password-guessed = Dieses Passwort gehört zu den ersten, die geraten werden: Wählen Sie mehrere Wörter, die nicht zusammengehören.
password-personal = Dieses Passwort besteht aus Ihrer E-Mail-Adresse oder Ihrem Namen: Wählen Sie ein anderes.
provider-away = Der Anbieter antwortet nicht: Versuchen Sie es bald erneut, oder melden Sie sich anders an.
provider-did-not-hold = Die Anmeldung beim Anbieter war nicht gültig: Beginnen Sie von vorn.
provider-other-linked = Ein anderes Konto bei diesem Anbieter öffnet Ihres: Melden Sie sich anders an, und lösen Sie erst diese Verknüpfung.
provider-not-let-in = Mit diesem Konto kann man sich nicht anmelden. Fragen Sie den Shop.
provider-own-unconfirmed = Für Ihr Konto ist nicht bestätigt, dass die E-Mail-Adresse Ihnen gehört: Setzen Sie erst per E-Mail ein neues Passwort.
provider-unconfirmed = Der Anbieter bestätigt nicht, dass die E-Mail-Adresse Ihnen gehört: Bestätigen Sie sie dort, oder legen Sie hier ein Konto an.
provider-only-key = Nichts anderes öffnet Ihr Konto: Lassen Sie sich erst einen Link zu einem Passwort schicken.
sign-in-not-begun = Diese Anmeldung wurde nicht hier begonnen oder ist zu lange her: Beginnen Sie von vorn.

## Rechte

sign-in-as-staff = Melden Sie sich als Teammitglied an.
app-lacks = Der Schlüssel dieser App erlaubt das nicht: Es fehlt { $permission }.
role-lacks-second-factor = Ihre Rolle erlaubt das nicht, oder erst, wenn Sie einen zweiten Faktor eingerichtet haben.
role-lacks = Ihre Rolle erlaubt das nicht.
beyond-own-rights = Das ist mehr, als Sie selbst dürfen: Es fehlt { $permissions }.

## Gespeicherte Daten und USt-IdNrn.

erasure-mails-on-their-way = Einige E-Mails sind schon unterwegs: Suchen Sie nach einer davon.
erasure-orders-open = Bestellungen sind noch unterwegs: { $numbers }. Fragen Sie wieder, sobald sie abgeschlossen oder storniert sind.
export-files-of-today = Von heute gibt es schon einige Dateien: Holen Sie eine davon ab.
vat-number-too-long = Eine USt-IdNr. hat höchstens 14 Zeichen.
vat-number-country = Eine USt-IdNr. beginnt mit den zwei Buchstaben eines Landes der Europäischen Union (`EL` für Griechenland, `XI` für Nordirland).
vat-number-mistyped = Das ist keine USt-IdNr. aus { $country }: Auf `{ $prefix }` folgt { $form } (9: eine Ziffer, L: ein Buchstabe, X: eines von beiden), wobei die letzten Stellen die übrigen prüfen. Sehen Sie nach, ob sie richtig geschrieben ist.
vat-number-unconfirmed = Die Nummer hat die richtige Form, aber dieser Shop kann sie nicht bestätigen lassen: Es fällt Steuer an.
vat-number-unknown = Das Register kennt diese Nummer nicht: Es fällt Steuer an. Sehen Sie nach, ob sie vertippt ist.
vat-register-away = Das Register der USt-IdNrn. antwortet nicht: Es fällt Steuer an. Geben Sie die Nummer bald noch einmal an.

## Ein Kauf soll freigegeben werden

cart-awaits-approval = Ihre Firma wird um Freigabe dieses Warenkorbs gebeten: Er lässt sich wieder ändern, sobald darüber entschieden oder die Anfrage zurückgezogen ist.
approval-needed = Was Sie für Ihre Firma kaufen, muss eine verantwortliche Person freigeben: Bitten Sie um Freigabe.
approval-not-needed = Das braucht keine Freigabe: Sie können es bestellen.
approval-without-card = Was auf eine Freigabe wartet, kann nicht mit einer Karte bezahlt werden, die jetzt eingegeben wird: Wählen Sie eine andere Zahlungsart.
nobody-approves = Niemand in Ihrer Firma kann das freigeben: Bitte schreiben Sie dem Shop.
buys-for-another = Wer das angefragt hat, kauft inzwischen für jemand anderen.
request-decided = Über diese Anfrage ist schon entschieden.
approves-not-ones-own = Das haben Sie selbst angefragt: Eine andere verantwortliche Person muss es freigeben.
purchase-order-of-company = Eine eigene Bestellnummer ist für alle, die für eine Firma kaufen.

## Was aus einer Bestellung nicht werden kann

order-cannot =
    Die Bestellung { $from ->
        [created] ist eben erst angelegt
        [pending] wartet auf ihre Zahlung
        [paid] ist bezahlt
        [unpaid] ist nicht bezahlt
        [confirmed] ist bestätigt
        [dispatched] ist versandt
        [completed] ist abgeschlossen
       *[cancelled] ist storniert
    } und lässt sich nicht { $what ->
        [pay] noch einmal bezahlen
        [settle] begleichen
        [confirm] bestätigen
        [dispatch] versenden
        [complete] abschließen
       *[cancel] stornieren
    }.

## Bestellentwürfe, die Mitarbeitende zusammenstellen

draft-order-over = Dieses Angebot ist abgelaufen oder wurde zurückgezogen. Bitten Sie uns um ein neues.
draft-order-locked = Diese Bestellung haben wir für Sie zusammengestellt: Was darin ist und was es kostet, können nur wir ändern. Bitte schreiben Sie uns.
