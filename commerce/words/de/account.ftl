### E-Mails zu Konten: denen der Kundschaft und denen der Menschen, die hier arbeiten.

## Was mehrere sagen

account-link-once = Der Link lässt sich einmal öffnen, bis { $moment }.
account-link-secret = Der Link lässt sich einmal öffnen, bis { $moment }. Bitte geben Sie ihn nicht weiter.
account-choose-password = Neues Passwort wählen
account-not-you-unchanged = Falls Sie das nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
account-not-you-tell = Falls Sie das nicht waren, schreiben Sie dem Shop sofort: Möglicherweise kennt jemand Ihr Passwort.
account-subject = { $heading } · { $shop }

## Anmeldung eines Kontos

account-sign-up-heading = Bestätigen Sie Ihre Adresse
account-sign-up-text = Jemand, vermutlich Sie, möchte bei { $shop } ein Konto mit dieser E-Mail-Adresse. Bestätigen Sie mit dem Passwort, das Sie gewählt haben, dass es Ihre Adresse ist:
account-sign-up-not-you = Falls Sie das nicht waren, tun Sie nichts: Es entsteht kein Konto.
account-taken-heading = Sie haben schon ein Konto
account-taken-text = Jemand, vermutlich Sie, möchte bei { $shop } ein Konto mit dieser E-Mail-Adresse. Sie haben schon eines: Melden Sie sich an. Falls Sie Ihr Passwort vergessen haben, wählen Sie ein neues:
account-taken-not-you = Falls Sie das nicht waren, tun Sie nichts: Ihr Konto bleibt, wie es ist.

## Ein neues Passwort

account-reset-heading = Ein neues Passwort
account-reset-text = Jemand, vermutlich Sie, hat ein neues Passwort für Ihr Konto bei { $shop } angefordert.

## Eine andere E-Mail-Adresse

account-change-heading = Bestätigen Sie Ihre neue Adresse
account-change-text = Ein Konto bei { $shop } soll diese E-Mail-Adresse bekommen. Bestätigen Sie, dass es Ihre ist:
account-change-not-you = Falls nicht Sie darum gebeten haben, tun Sie nichts: Das Konto behält die Adresse, die es hat.
account-taken-change-text = Jemand möchte diese E-Mail-Adresse für ein anderes Konto bei { $shop } verwenden. Sie gehört schon zu einem Konto und bleibt dort: Es hat sich nichts geändert.

## Löschung

account-erasure-heading = Konto löschen?
account-erasure-text = Jemand, vermutlich Sie, möchte Ihr Konto bei { $shop } mit allem, was dazugehört, löschen lassen. Das lässt sich nicht rückgängig machen.
account-erasure-action = Konto löschen
account-erasure-not-you = Falls Sie das nicht waren, ändern Sie Ihr Passwort: Jemand kennt es.
account-unused-heading = Ihr Konto wird bald gelöscht
account-unused-text = Sie haben Ihr Konto bei { $shop } lange nicht benutzt. Nach dem folgenden Zeitpunkt wird es mit allem, was dazugehört, gelöscht: { $moment }. Um es zu behalten, melden Sie sich vorher an. Falls Sie Ihr Passwort vergessen haben, wählen Sie ein neues:
account-unused-note = Falls Sie das Konto nicht mehr brauchen, tun Sie nichts.

## Was geschehen ist

account-password-changed-heading = Ihr Passwort wurde geändert
account-password-changed-text = Das Passwort Ihres Kontos bei { $shop } wurde geändert: { $moment }.
account-change-requested-heading = Eine andere E-Mail-Adresse ist beantragt
account-change-requested-text = Jemand hat beantragt, dass Ihr Konto bei { $shop } eine andere E-Mail-Adresse bekommt: { $moment }.
account-changed-heading = Ihre E-Mail-Adresse wurde geändert
account-changed-text = Ihr Konto bei { $shop } hat seit dem folgenden Zeitpunkt eine andere E-Mail-Adresse: { $moment }. Diese hier gehört nicht mehr dazu.
account-linked-heading = Ein weiterer Zugang zu Ihrem Konto
account-linked-text = Jemand hat sich mit dieser E-Mail-Adresse bei einem Anbieter angemeldet, dem { $shop } vertraut: { $moment }. Von nun an öffnet auch das Ihr Konto; dort ist der Zugang aufgeführt, und dort können Sie ihn entfernen.
account-exported-heading = Ihre Daten liegen bereit
account-exported-text = Die Datei mit dem, was { $shop } über Sie speichert, ist fertig: Sie können sie in Ihrem Konto abholen.
account-erased-heading = Ihr Konto ist gelöscht
account-erased-text = Ihr Konto bei { $shop } und was dazugehört wird seit dem folgenden Zeitpunkt gelöscht: { $moment }. Sie hören nichts mehr davon.
account-erased-unexpected = Falls Sie damit nicht gerechnet haben, schreiben Sie dem Shop.

## An die Menschen, die hier arbeiten

staff-invitation-subject = Einladung zur Mitarbeit bei { $shop }
staff-invitation-heading = Sie sind eingeladen
staff-invitation-text = Sie sind eingeladen, bei { $shop } mitzuarbeiten. Wählen Sie einen Namen und ein Passwort:
staff-invitation-action = Einladung annehmen
staff-invitation-unexpected = Falls Sie nicht wissen, worum es geht, tun Sie nichts: Es wurde kein Konto angelegt.
staff-reset-subject = Ein neues Passwort für { $shop }
staff-reset-heading = Ein neues Passwort
staff-reset-text = Jemand, vermutlich Sie, hat ein neues Passwort für Ihre Arbeit bei { $shop } angefordert. Wählen Sie es hier:
