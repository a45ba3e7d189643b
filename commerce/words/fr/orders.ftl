### DRAFT: to be read by a native speaker before it is relied on.

## The timeline

timeline-created = Nous avons reçu votre commande.
timeline-created-from-draft = Nous avons reçu votre commande, telle que proposée dans { $number }.
timeline-payment-pending = Votre paiement est en cours de traitement.
timeline-action-required = Votre banque vous demande de confirmer le paiement.
timeline-instructions = Nous vous avons indiqué comment payer.
timeline-payment-authorized = Votre paiement est autorisé.
timeline-payment-promised = Vous payez à la réception des articles.
timeline-payment-on-account = Vous payez en compte, au jour fixé par les conditions de votre entreprise.
timeline-payment-arrived = Votre paiement est arrivé.
timeline-payment-captured = Votre paiement a été encaissé.
timeline-payment-voided = Le montant réservé pour votre commande a été libéré.
timeline-payment-failed = Votre paiement n’a pas abouti. Vous pouvez réessayer.
timeline-confirmed = Votre commande est confirmée.
timeline-confirmed-packed = Votre commande est confirmée et va être préparée.
timeline-dispatched = Votre commande est en route.
timeline-dispatched-carrier = Votre commande est en route avec { $carrier }.
timeline-dispatched-pick-up = Votre commande peut être retirée.
timeline-parcel-packed = Un colis de votre commande est prêt.
timeline-parcel-dispatched = Une partie de votre commande est en route.
timeline-parcel-dispatched-carrier = Une partie de votre commande est en route avec { $carrier }.
timeline-parcel-dispatched-pick-up = Une partie de votre commande est prête à être retirée.
timeline-parcel-in-transit = Un colis de votre commande est en cours d’acheminement.
timeline-parcel-out-for-delivery = Un colis de votre commande est en cours de livraison.
timeline-parcel-delivered = Un colis de votre commande est arrivé.
timeline-parcel-delivery-failed = Un colis de votre commande n’a pas pu être livré. Le transporteur vous indique la suite.
timeline-parcel-returned = Un colis de votre commande nous a été renvoyé.
timeline-parcel-updated = Le suivi d’un colis de votre commande a changé.
timeline-parcel-cancelled = Un colis a été défait avant son départ.
timeline-completed = Votre commande est terminée.
timeline-cancelled = Votre commande a été annulée.
timeline-cancelled-reason = Votre commande a été annulée : { $reason }
timeline-refund-requested = { $amount } sont en route vers vous.
timeline-refund-requested-reason = { $amount } sont en route vers vous : { $reason }
timeline-refund-requested-all = Votre argent est en route vers vous.
timeline-refunded = { $amount } vous ont été remboursés.
timeline-refunded-reason = { $amount } vous ont été remboursés : { $reason }
timeline-refunded-all = Votre argent vous a été remboursé.
timeline-contact-updated = Vos coordonnées ont été corrigées.
timeline-address-updated = L’adresse de livraison de votre commande a été corrigée.
timeline-downloads-renewed = Vos téléchargements ont été renouvelés.

## Why an order was cancelled, at the end of a sentence

cancelled-not-paid = elle n’a pas été payée à temps.
cancelled-sold-out = les articles étaient épuisés avant l’arrivée de votre paiement ; vous êtes remboursé.

## Messages in the shop

notice-action-required = Veuillez confirmer le paiement de votre commande { $number }.
notice-instructions = Voici comment payer votre commande { $number }.
notice-payment-failed = Le paiement de votre commande { $number } n’a pas abouti.
notice-confirmed = Votre commande { $number } est confirmée.
notice-dispatched = Votre commande { $number } est en route.
notice-parcel-dispatched = Une partie de votre commande { $number } est en route.
notice-parcel-delivered = Un colis de votre commande { $number } est arrivé.
notice-parcel-delivery-failed = Un colis de votre commande { $number } n’a pas pu être livré.
notice-completed = Votre commande { $number } est terminée.
notice-cancelled = Votre commande { $number } a été annulée.
notice-refunded = Nous vous avons remboursé pour votre commande { $number }.
notice-owed-less = Le montant à payer pour votre commande { $number } a diminué.
notice-exchanged = Ce que vous avez payé pour des articles de votre commande { $number } paie ceux que nous envoyons en échange.

## Why a payment was declined

declined = Le paiement a été refusé. Utilisez un autre moyen de paiement ou renseignez-vous auprès de votre banque.
declined-funds = Ce compte n’est pas assez approvisionné. Utilisez un autre moyen de paiement.
declined-expired = Cette carte a expiré. Utilisez-en une autre.
declined-saved-gone = Cette carte n’est plus enregistrée et n’a pas été débitée. Saisissez à nouveau votre carte ou utilisez un autre moyen de paiement.
declined-details = Les données de la carte ne sont pas correctes. Vérifiez-les et réessayez.
declined-unconfirmed = Le paiement n’a pas été confirmé. Réessayez et confirmez-le auprès de votre banque.
declined-unsupported = La carte ne peut pas servir à cet achat. Utilisez un autre moyen de paiement.
declined-limit = Le plafond de la carte est atteint. Utilisez une autre carte ou renseignez-vous auprès de votre banque.
declined-voided = Le paiement a été abandonné avant la fin. Veuillez réessayer.
declined-processing = Le paiement n’a pas pu être traité. Veuillez réessayer.

## What stands in the way of a payment

payment-action-required = Le paiement vous attend : il manque encore une étape.
payment-pending = Le paiement est en cours de traitement.
payment-provider-unavailable = Le paiement est retardé : le prestataire de paiement ne répond pas pour l’instant. Vous n’avez rien à faire.
payment-config-missing = Le paiement ne peut pas être encaissé pour l’instant. La boutique est prévenue ; vous n’avez pas à payer de nouveau.
payment-voided = Le paiement a été abandonné, et aucun argent n’a été prélevé.

## Why there is no tax, as an invoice says it

tax-exempt = Exonéré de taxe.
tax-reverse-charge = Autoliquidation : la taxe est due par le client.
tax-export = Exportation : aucune de nos taxes n’est due.
