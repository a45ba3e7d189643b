## Les SMS au sujet d’une commande

sms-dispatched = { $shop } : votre commande { $number } est en route.
sms-dispatched-carrier = { $shop } : votre commande { $number } est en route avec { $carrier }.
sms-dispatched-part = { $shop } : une partie de votre commande { $number } est en route.
sms-ready = { $shop } : votre commande { $number } est prête à être retirée.
sms-ready-part = { $shop } : une partie de votre commande { $number } est prête à être retirée.
sms-out-for-delivery = { $shop } : un colis de votre commande { $number } est en cours de livraison.
sms-delivered = { $shop } : un colis de votre commande { $number } a été livré.
