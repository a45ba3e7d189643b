### Ce qui est dit des articles qui reviennent.

return-is-requested = Le retour doit d’abord être accepté ou refusé.
return-is-approved = Le retour est accepté, et rien n’en est encore arrivé.
return-is-received = Des articles du retour sont déjà arrivés.
return-is-inspected = Le retour a déjà été contrôlé.
return-is-closed = Le retour est clos.
return-is-refused = Le retour a été refusé.
return-is-cancelled = Le retour a été abandonné.

return-not-sent = L’article n’est pas encore expédié. Annulez plutôt la commande.
return-nothing-left = Tout est déjà revenu, remboursé ou en chemin.
return-too-late = Le retour était possible jusqu’au { $day }.
return-digital = Les téléchargements et les cartes cadeaux ne peuvent pas être renvoyés.
return-exempt-made-to-order = Fabriqué sur commande, l’article ne peut pas être renvoyé.
return-exempt-perishable = Périssable, l’article ne peut pas être renvoyé.
return-exempt-hygiene = Pour des raisons d’hygiène, l’article descellé ne peut pas être renvoyé.
return-exempt-sealed-media = Une fois descellé, l’article ne peut pas être renvoyé.
return-exempt-other = La boutique ne reprend pas cet article.
return-only-so-many = { $left ->
    [one] Seul { $left } exemplaire de { $title } peut être renvoyé.
   *[other] Seuls { $left } exemplaires de { $title } peuvent être renvoyés.
}
return-lines-range = Un retour compte de 1 à { $count } lignes.
return-pictures-max = Un retour a au plus { $count } photos.
return-too-many = Une commande compte au plus { $count } retours. Écrivez à la boutique.
return-credit-of-guest = Seuls les titulaires d’un compte reçoivent un avoir : choisissez le remboursement ou un échange.

timeline-return-requested = Vous avez demandé un retour.
timeline-return-approved = Votre retour est accepté. Nous vous avons indiqué comment l’envoyer.
timeline-return-refused = Votre retour a été refusé.
timeline-return-cancelled = Votre retour a été abandonné.
timeline-return-received = Des articles que vous avez renvoyés sont arrivés.
timeline-return-closed = Votre retour est terminé.
timeline-exchanged = Ce que vous avez payé pour les articles renvoyés paie ceux que nous envoyons en échange.
timeline-refunded-first = Ce que vous avez payé pour les articles renvoyés retourne au moyen de paiement d’origine.
timeline-owed-less = Le montant à payer pour votre commande a diminué.
timeline-claim-resent = Nous renvoyons des articles de votre commande.
timeline-claim-settled = Nous avons réglé votre réclamation.

mail-return-goods = Ce qui revient
mail-return-came = Ce qui est arrivé
mail-return-address = Envoyez-le à
mail-return-number = Retour { $number }
mail-return-label = L’étiquette de votre colis
mail-return-requested-subject = Nous avons reçu votre demande de retour { $number }
mail-return-requested-heading = Nous avons reçu votre demande
mail-return-requested-text = Vous souhaitez renvoyer des articles de votre commande { $number }.
mail-return-requested-next = Nous examinons votre demande et vous écrivons. N’envoyez rien avant.
mail-return-approved-subject = Votre retour { $number } est accepté
mail-return-approved-heading = Votre retour est accepté
mail-return-approved-text = Vous pouvez renvoyer ces articles de votre commande { $number }.
mail-return-approved-next = Écrivez le numéro du retour sur le colis. Nous vous écrivons dès son arrivée.
mail-return-refused-subject = Votre retour { $number } a été refusé
mail-return-refused-heading = Nous ne pouvons pas reprendre les articles
mail-return-refused-text = Nous avons examiné votre demande pour la commande { $number } et ne pouvons pas l’accepter.
mail-return-received-subject = Votre retour { $number } est arrivé
mail-return-received-heading = Votre retour est arrivé
mail-return-received-text = Des articles de votre commande { $number } que vous avez renvoyés sont arrivés.
mail-return-received-next = Nous examinons les articles et vous écrivons ensuite au sujet de votre argent.
mail-exchanged-subject = Nous échangeons des articles de votre commande { $number }
mail-exchanged-heading = Votre échange
mail-exchanged-text = Ce que vous avez payé pour des articles de votre commande { $number }, { $amount }, paie la commande par laquelle nous vous en envoyons d’autres.
mail-exchange-until = À payer jusqu’au { $day }. Passé ce délai, nous annulons l’échange et vous êtes remboursé.
mail-refunded-first-text = { $amount } de votre commande { $number } retournent au moyen de paiement de la première commande : un e-mail suit pour celle-ci.
mail-owed-less-subject = Le montant à payer pour votre commande { $number } a diminué
mail-owed-less-heading = Le montant à payer a diminué
mail-owed-less-text = Nous avons déduit { $amount } de ce qui reste à payer pour votre commande { $number }.
mail-cancelled-exchange = Ce qui a été payé pour les articles renvoyés retourne au moyen de paiement d’origine. Un e-mail suit pour cette commande.
mail-exchanged-next = Nous vous écrivons à part au sujet de cette commande, aussi s’il reste quelque chose à payer.
mail-resent-subject = Nous renvoyons des articles de votre commande { $first } : { $number }
mail-resent-heading = Nouvel envoi
mail-resent-text = Des articles de votre commande { $first } vous sont envoyés à nouveau, sans frais. Ils arrivent avec la commande { $number }.
mail-exchanging-subject = Votre échange pour la commande { $first } : { $number }
mail-exchanging-text = En échange d’articles de votre commande { $first }, nous vous en envoyons d’autres. Ils arrivent avec la commande { $number }.

notice-return-approved = Vous pouvez renvoyer des articles de votre commande { $number } : voyez comment.
notice-return-refused = Nous ne pouvons pas reprendre d’articles de votre commande { $number }.
notice-return-received = Des articles de votre commande { $number } que vous avez renvoyés sont arrivés.
