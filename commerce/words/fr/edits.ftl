# Commandes modifiées avant l'envoi.

timeline-edited = Votre commande a été modifiée.
timeline-edited-unpaid = Votre commande a été modifiée : il reste { $amount } à payer.
timeline-edited-refund = Votre commande a été modifiée : { $amount } vous sont remboursés.
notice-edited = Votre commande { $number } a été modifiée.

mail-edited-subject = Votre commande { $number } a été modifiée
mail-edited-heading = Votre commande a été modifiée
mail-edited-text = Votre commande { $number } est désormais telle que vous la voyez ci-dessous. Elle coûte { $total }.
mail-edited-unpaid = Il reste { $amount } à payer. Nous expédions votre commande dès que c'est payé.
mail-edited-refund = { $amount } vous sont remboursés par le moyen de paiement que vous avez utilisé.
mail-edited-reason = Motif : { $reason }
mail-edited-pay = Payer { $amount }
mail-edited-next = Si vous ne vous y attendiez pas, répondez à cet e-mail.
mail-edited-added = Nouveau : { $quantity } × { $title }
mail-edited-removed = Retiré : { $title }
mail-edited-quantity = { $title } : { $quantity } au lieu de { $before }
mail-edited-price = { $title } : { $price } l'unité au lieu de { $before }
mail-edited-shipping = Livraison : { $name }, { $price }
mail-edited-discount = Remise : { $amount } au lieu de { $before }
mail-edited-address = Elle part à une autre adresse.

edit-discount = Remise
edit-unconfirmed = La commande n'est pas encore confirmée : elle pourra être modifiée une fois payée.
edit-sent = La commande est en route : elle ne peut plus être modifiée.
edit-cancelled = La commande a été annulée : elle ne peut plus être modifiée.
edit-by-shopper-too-late = Le délai pour modifier vous-même votre commande est passé. Écrivez à la boutique.
edit-quantity-range = Indiquez une quantité de { $least } à { $most }.
edit-nothing = Rien n'y est différent.
edit-nothing-left = Il ne resterait rien de la commande. Annulez-la plutôt.
edit-fewer-only = Seules des quantités moindres sont possibles. Passez une autre commande pour en avoir plus.
edit-discount-asks = { $title } a été accordé pour ce que vous avez acheté et ne s'appliquerait plus. Écrivez à la boutique pour retirer des articles.
edit-price-asks = Le prix de { $title } vaut pour la quantité achetée. Écrivez à la boutique pour en avoir moins.
edit-shipping-asks = La livraison est gratuite pour ce que vous avez acheté et ne le serait plus. Écrivez à la boutique pour retirer des articles.
edit-delivered-at-once = { $title } a été remis avec la commande et ne peut pas être modifié.
edit-line-least = { $least } de { $title } sont emballés, envoyés ou remboursés : il ne peut pas y en avoir moins.
edit-line-named = { $title } a déjà été envoyé, remboursé, renvoyé ou rétracté et ne peut pas être retiré.
