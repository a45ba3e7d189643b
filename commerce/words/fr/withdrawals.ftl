### Ce qui se dit de la rétractation. Brouillon.

withdrawal-statement-whole = Je, { $name }, me rétracte de mon contrat portant sur les articles de la commande { $order }.
withdrawal-statement-part = Je, { $name }, me rétracte de mon contrat portant sur ces articles de la commande { $order } :
withdrawal-statement-line = { $quantity } × { $title }
withdrawal-statement-email = Merci de confirmer la réception à { $email }.

withdrawal-name = Veuillez indiquer votre nom.
withdrawal-no-lines = Choisissez les articles concernés, ou rétractez-vous de toute la commande.
withdrawal-only-so-many = { $count ->
    [one] Seul { $count } exemplaire de { $title } a été commandé.
   *[other] Seuls { $count } exemplaires de { $title } ont été commandés.
}
withdrawal-lines-of-unopened = Pour choisir des lignes, ouvrez d’abord la commande, ou dites avec vos mots quels articles sont concernés.
withdrawal-too-often = C’était trop souvent pour cette adresse. Réessayez dans une heure ou écrivez à la boutique.
withdrawal-is-decided = Cette rétractation est déjà traitée.
withdrawal-needs-order = Indiquez d’abord de quelle commande il s’agit.
withdrawal-has-order = Cette rétractation concerne déjà une autre commande.

withdrawal-return-note = Suite à la rétractation { $number }.
cancelled-withdrawn = vous vous êtes rétracté ; vous êtes remboursé.
timeline-withdrawal-received = Nous avons reçu votre rétractation.
timeline-withdrawal-accepted = Votre rétractation est acceptée.
timeline-withdrawal-refused = Votre rétractation n’a pas pu être acceptée.

mail-withdrawal-number = Numéro
mail-withdrawal-at = Reçue le { $moment }
mail-withdrawal-statement = Votre déclaration
mail-withdrawal-staff-statement = La déclaration
mail-withdrawal-see = Voir la rétractation
mail-withdrawal-received-subject = Nous avons reçu votre rétractation de la commande { $order } ({ $number })
mail-withdrawal-received-heading = Nous avons reçu votre rétractation
mail-withdrawal-received-text = Nous confirmons la réception de votre rétractation de la commande { $order }. Conservez ce message.
mail-withdrawal-received-next = Nous vous écrivons pour la suite : où renvoyer les articles reçus et quand vous serez remboursé.
mail-withdrawal-accepted-subject = Votre rétractation de la commande { $order } est acceptée ({ $number })
mail-withdrawal-accepted-heading = Votre rétractation est acceptée
mail-withdrawal-accepted-text = Nous acceptons votre rétractation de la commande { $order } et vous écrivons au sujet du remboursement.
mail-withdrawal-refused-subject = Votre rétractation de la commande { $order } ({ $number })
mail-withdrawal-refused-heading = Nous ne pouvons pas accepter votre rétractation
mail-withdrawal-refused-text = Nous avons examiné votre rétractation de la commande { $order } et ne pouvons pas l’accepter :
mail-withdrawal-staff-subject = Rétractation de la commande { $order } ({ $number })
mail-withdrawal-staff-heading = Un client se rétracte
mail-withdrawal-staff-done = Elle est dans les délais. Les articles reviennent par un retour, ou la commande a été annulée.
mail-withdrawal-staff-open = Elle est dans les délais, et une partie vous attend : articles exclus, pas encore expédiés ou décrits en mots.
mail-withdrawal-staff-late = Elle est arrivée hors délai. Merci de décider.
mail-withdrawal-staff-not-entitled = La commande n’ouvre pas droit à rétractation : à cause du marché, ou parce qu’une entreprise a acheté. Merci de décider.
mail-withdrawal-staff-unmatched = Aucune commande n’a ce numéro et cette adresse. Merci de trouver laquelle est concernée.
