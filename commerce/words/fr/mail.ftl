### DRAFT: to be read by a native speaker before it is relied on.

## The frame of every mail

mail-hello = Bonjour { $name },
mail-hello-nobody = Bonjour,
mail-labelled = { $label } : { $value }
mail-label = { $label } :

## An order

mail-order = Commande { $number }
mail-see-order = Voir votre commande
mail-follow-parcel = Suivre votre colis
mail-what-next = La suite
mail-step-received = Reçue
mail-step-confirmed = Confirmée
mail-step-dispatched = En route
mail-subtotal = Sous-total
mail-discount = Remise
mail-discount-by = Remise : { $discount }
mail-shipping = Livraison
mail-shipping-free = Offerte
mail-tax = Taxes
mail-tax-included = { $kind ->
    [sales] dont { $tax } de taxe de vente
    [gst] dont { $tax } de TPS
    [consumption] dont { $tax } de taxe à la consommation
   *[vat] dont { $tax } de TVA
}
mail-total = Total
mail-each = { $price } l’unité, { $total } au total
mail-gift-message = Un cadeau, accompagné de ces mots
mail-pick-up-at = À retirer à l’adresse suivante
mail-opening-hours = Heures d’ouverture : { $hours }
mail-shipping-to = Livraison à
mail-shipping-by = Mode de livraison
mail-backorder = En réapprovisionnement : { $units } sur { $quantity }
mail-backorder-expected = En réapprovisionnement : { $units } sur { $quantity }, attendu le { $date }
mail-pre-order = En précommande : { $units } sur { $quantity }
mail-pre-order-expected = En précommande : { $units } sur { $quantity }, attendu le { $date }
mail-why-order = Vous recevez ce message parce qu’une commande a été passée chez { $shop } avec cette adresse e-mail.
mail-keep-link = Son lien ouvre votre commande sans mot de passe : ne transmettez ce message à personne.

## Files that were bought

mail-downloads = Vos téléchargements
mail-download-often = { $count ->
    [1] une fois
   *[other] { $count } fois
}
mail-download-until = jusqu’au { $moment }
mail-download-often-until = { $count ->
    [1] une fois, jusqu’au { $moment }
   *[other] { $count } fois, jusqu’au { $moment }
}

## The order is received

mail-received-subject = Nous avons reçu votre commande { $number }
mail-received-heading = Merci pour votre commande
mail-received-preview = Vos articles sont réservés. Nous vérifions le paiement.
mail-received-text = Nous avons reçu votre commande { $number }, réservé vos articles et vérifions le paiement.
mail-received-next = Dès que le paiement est réglé, en général en quelques minutes, nous confirmons votre commande par e-mail. Si votre banque demande une confirmation, le lien vers votre commande vous y conduit.

## The order is confirmed

mail-confirmed-subject = Votre commande { $number } est confirmée
mail-confirmed-heading = Votre commande est confirmée
mail-confirmed-text = Votre commande { $number } est confirmée : tout ce que vous avez choisi est à vous.
mail-confirmed-text-packed = Votre commande { $number } est confirmée : tout ce que vous avez choisi est à vous. Nous la préparons.
mail-confirmed-text-waiting = Votre commande { $number } est confirmée. Nous n’avons pas encore tout reçu : vous voyez ci-dessous ce qui manque et quand nous l’attendons. Nous enverrons le tout dès que ce sera là.
mail-confirmed-next = Nous vous écrirons de nouveau au départ du colis, pour que vous puissiez le suivre. D’ici là, vous pouvez l’annuler sur la page de votre commande.
mail-confirmed-next-pick-up = Nous vous écrirons de nouveau quand votre commande pourra être retirée. D’ici là, vous pouvez l’annuler sur la page de votre commande.

## The goods are on their way

mail-dispatched-subject = Votre commande { $number } est en route
mail-dispatched-subject-pick-up = Votre commande { $number } peut être retirée
mail-dispatched-subject-part = Une partie de votre commande { $number } est en route
mail-dispatched-subject-part-pick-up = Une partie de votre commande { $number } peut être retirée
mail-dispatched-heading = Votre commande est en route
mail-dispatched-heading-pick-up = Votre commande peut être retirée
mail-dispatched-heading-part = Une partie de votre commande est en route
mail-dispatched-heading-part-pick-up = Une partie de votre commande peut être retirée
mail-dispatched-text = Votre commande { $number } est partie de chez nous.
mail-dispatched-text-carrier = Votre commande { $number } est partie de chez nous avec { $carrier }.
mail-dispatched-text-pick-up = Votre commande { $number } vous attend.
mail-dispatched-part = Une partie de votre commande { $number } est partie de chez nous.
mail-dispatched-part-carrier = Une partie de votre commande { $number } est partie de chez nous avec { $carrier }.
mail-dispatched-part-pick-up = Une partie de votre commande { $number } vous attend.
mail-tracking-number = Numéro de suivi
mail-in-parcel = Dans ce colis
mail-dispatched-last = La dernière partie de votre commande { $number } est partie.
mail-dispatched-last-carrier = La dernière partie de votre commande { $number } est partie avec { $carrier }.
mail-dispatched-last-pick-up = Le reste de votre commande { $number } vous attend.
mail-still-to-come = Encore à venir
mail-dispatched-next = Le colis devrait vous parvenir dans le délai de votre mode de livraison.
mail-dispatched-next-tracked = Il peut s’écouler une journée avant que le transporteur n’affiche la première étape du colis.
mail-dispatched-next-part = Le reste suivra dans un autre colis ; nous vous écrirons à son départ.
mail-dispatched-next-pick-up = Munissez-vous du numéro de votre commande.
mail-dispatched-next-part-pick-up = Munissez-vous du numéro de votre commande. Nous vous écrirons de nouveau quand le reste sera prêt.

## The order is cancelled

mail-cancelled-subject = Votre commande { $number } a été annulée
mail-cancelled-heading = Votre commande a été annulée
mail-cancelled-text = Votre commande { $number } a été annulée et ne sera pas envoyée.
mail-cancelled-reason = Motif indiqué : { $reason }
mail-cancelled-not-charged = Rien ne vous a été débité.
mail-cancelled-payment-unknown = Nous ne savons pas encore si votre paiement a abouti. Si c’est le cas, nous vous remboursons de nous-mêmes et vous écrivons.
mail-cancelled-held = Rien ne vous a été débité. Si votre banque affiche un montant en attente, elle le libère d’elle-même, en général en quelques jours.
mail-cancelled-paid = Vous aviez payé { $amount } : nous vous remboursons par le moyen de paiement que vous avez utilisé et vous écrirons quand ce sera fait.

## Money is paid back

mail-refunded-subject = Remboursement de votre commande { $number }
mail-refunded-heading = Nous vous avons remboursé
mail-refunded-preview = { $amount } sont en route vers votre compte.
mail-refunded-text = Nous avons remboursé { $amount } pour votre commande { $number } par le moyen de paiement que vous avez utilisé.
mail-refunded-text-whole = Nous avons remboursé { $amount } pour votre commande { $number } par le moyen de paiement que vous avez utilisé. Tout ce que vous aviez payé vous est ainsi rendu.
mail-refunded-reason = Motif : { $reason }
mail-refunded-fee = Des frais de { $amount } ont été retenus sur le prix des articles renvoyés.
mail-refunded-next = Votre banque affiche le montant dans un délai de cinq à dix jours, selon ses usages.

## Ce qu’une entreprise doit est en retard

mail-overdue-subject = Le paiement de la commande { $number } est en retard
mail-overdue-heading = Un paiement est en retard
mail-overdue-text = { $amount } pour la commande { $number }, achetée en compte par { $company }, étaient à payer le { $due }. Merci de régler ce montant rapidement.
mail-overdue-paid = Si vous avez payé entre-temps, vous n’avez rien à faire.
mail-overdue-again-subject = Deuxième rappel : le paiement de la commande { $number } est en retard
mail-overdue-again-heading = Un paiement est toujours en retard
mail-overdue-again-text = { $amount } pour la commande { $number }, achetée à crédit par { $company }, étaient à payer le { $due }, et nous vous l’avons déjà rappelé. Merci de payer maintenant, ou de nous écrire.

## Quand une commande est à payer, sous son total

mail-account-due = À payer en compte avant le { $due }
mail-account-overdue = À payer en compte : en retard depuis le { $due }
mail-account-paid = Payé en compte
mail-account-credited = Plus rien à payer en compte
mail-purchase-order = Votre numéro de commande

## Un achat est à approuver

mail-request-subject = { $buyer } vous demande d’approuver un achat pour { $company }
mail-request-heading = Un achat attend votre approbation
mail-request-text = { $buyer } veut acheter pour { $amount } pour { $company } et a besoin de votre approbation.
mail-request-approved-subject = Votre achat est approuvé : commande { $number }
mail-request-approved-heading = Votre achat est approuvé
mail-request-approved-text = Votre achat de { $amount } pour { $company } est approuvé : c’est la commande { $number }.
mail-request-refused-subject = Votre achat pour { $company } n’est pas approuvé
mail-request-refused-heading = Votre achat n’est pas approuvé
mail-request-refused-text = Votre achat de { $amount } pour { $company } n’est pas approuvé. Vous pouvez changer votre panier et demander de nouveau.
mail-request-see = Voir la demande

## The link to an order, for whoever asked for it

mail-order-link-subject = Le lien vers votre commande { $number }
mail-order-link-heading = Votre commande
mail-order-link-text = Vous, ou quelqu’un qui connaît votre adresse e-mail, avez demandé le lien vers votre commande { $number }. Il ouvre la commande sans connexion : ne le transmettez à personne.
mail-order-link-other = Si ce n’était pas vous, vous n’avez rien à faire.
mail-imported-subject = Votre commande { $number }
mail-imported-text = Vous, ou quelqu’un qui connaît votre adresse e-mail, avez demandé votre commande { $number } du { $time }. Elle a été passée dans notre ancienne boutique ; voici ce que nous en avons.
mail-imported-total = Total : { $amount }

## The payment failed

mail-payment-failed-subject = Le paiement de votre commande { $number } n’a pas abouti
mail-payment-failed-heading = Votre paiement n’a pas abouti
mail-payment-failed-text = Rien ne vous a été débité, et votre commande { $number } est toujours là.
mail-payment-failed-action = Payer de nouveau
mail-held-until = Nous gardons vos articles pour vous jusqu’au { $moment }.
mail-payment-next = Dès qu’un paiement aboutit, nous confirmons votre commande par e-mail.
mail-payment-next-held = Dès qu’un paiement aboutit, nous confirmons votre commande par e-mail. Si aucun n’aboutit tant que nous gardons vos articles, la commande est annulée et ne vous coûte rien.

## How to pay

mail-instructions-subject = Comment payer votre commande { $number }
mail-instructions-heading = Comment payer
mail-instructions-preview = Vos articles sont réservés jusqu’à l’arrivée de votre paiement.
mail-instructions-text = Vos articles sont réservés. Voici comment payer votre commande { $number } :
mail-instructions-next = Dès que votre paiement est arrivé, nous confirmons votre commande par e-mail.
mail-instructions-next-held = Dès que votre paiement est arrivé, nous confirmons votre commande par e-mail. S’il n’arrive pas tant que nous gardons vos articles, la commande est annulée et ne vous coûte rien.

## Downloads anew

mail-downloads-subject = Les téléchargements de votre commande { $number }
mail-downloads-text = Les téléchargements de votre commande { $number } sont prêts.

## Back in stock

mail-back-subject = { $title } est de nouveau en stock
mail-back-heading = De nouveau en stock
mail-back-text = Vous vouliez être prévenu : { $title } est de nouveau en stock chez { $shop }. Rien n’est réservé pour vous : premier arrivé, premier servi.
mail-back-action = Voir l’article
mail-back-why = Vous recevez ce message une seule fois, parce que quelqu’un, sans doute vous, l’a demandé avec cette adresse e-mail.
mail-back-stop = Ne plus rien recevoir sur ce que cette adresse attend

## To the shop itself: little is left

mail-low-subject = Stock bas : { $title } ({ $sku })
mail-low-heading = Il en reste peu
mail-low-text = { $title } ({ $sku }) sera bientôt épuisé.
mail-low-place = { $place } : { $count } disponibles
mail-low-why = Vous avez demandé à être prévenu à partir de { $threshold } ou moins. Vous ne le serez de nouveau qu’après un réapprovisionnement.
mail-webhook-disabled-subject = Webhooks désactivés : { $endpoint }
mail-webhook-disabled-heading = Les webhooks sont désactivés
mail-webhook-disabled-failing = { $endpoint } n’accepte plus aucun événement depuis des jours : plus rien ne lui est envoyé.
mail-webhook-disabled-gone = { $endpoint } signale ne plus exister : plus rien ne lui est envoyé.
mail-webhook-disabled-next = Ce qui a été manqué est conservé quelque temps : réparez, réactivez, puis faites renvoyer.
mail-webhook-disabled-see = Voir les envois

## Une commande préparée par l’équipe est à payer

mail-draft-subject = Votre commande { $number } chez { $shop } peut être payée
mail-draft-heading = Votre commande peut être payée
mail-draft-text = Nous avons préparé votre commande { $number }. À payer : { $amount }.
mail-draft-text-shipping = Nous avons préparé votre commande { $number }. À payer : { $amount }, plus la livraison, que vous choisissez.
mail-draft-line = { $quantity } × { $title } : { $amount }
mail-draft-until = Vous pouvez la payer jusqu’au { $time }.
mail-draft-pay = La voir et payer
draft-order-discount = Remise
