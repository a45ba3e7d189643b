### DRAFT: to be read by a native speaker before it is relied on.

## The timeline

timeline-created = Hemos recibido su pedido.
timeline-created-from-draft = Hemos recibido su pedido, tal como se ofreció en { $number }.
timeline-payment-pending = Su pago se está procesando.
timeline-action-required = Su banco le pide que confirme el pago.
timeline-instructions = Le hemos indicado cómo pagar.
timeline-payment-authorized = Su pago está autorizado.
timeline-payment-promised = Paga cuando lleguen los artículos.
timeline-payment-on-account = Usted paga a cuenta, hasta el día que dan las condiciones de su empresa.
timeline-payment-arrived = Su pago ha llegado.
timeline-payment-captured = Su pago se ha cobrado.
timeline-payment-voided = El dinero retenido para su pedido se ha liberado.
timeline-payment-failed = Su pago no se ha realizado. Puede intentarlo de nuevo.
timeline-confirmed = Su pedido está confirmado.
timeline-confirmed-packed = Su pedido está confirmado y se va a preparar.
timeline-dispatched = Su pedido está en camino.
timeline-dispatched-carrier = Su pedido está en camino con { $carrier }.
timeline-dispatched-pick-up = Ya puede recoger su pedido.
timeline-parcel-packed = Un paquete de su pedido está listo.
timeline-parcel-dispatched = Una parte de su pedido está en camino.
timeline-parcel-dispatched-carrier = Una parte de su pedido está en camino con { $carrier }.
timeline-parcel-dispatched-pick-up = Una parte de su pedido está lista para recogerse.
timeline-parcel-in-transit = Un paquete de su pedido está en tránsito.
timeline-parcel-out-for-delivery = Un paquete de su pedido está en reparto.
timeline-parcel-delivered = Un paquete de su pedido ha llegado.
timeline-parcel-delivery-failed = No se pudo entregar un paquete de su pedido. El transportista le indicará cómo continúa.
timeline-parcel-returned = Un paquete de su pedido nos fue devuelto.
timeline-parcel-updated = El seguimiento de un paquete de su pedido ha cambiado.
timeline-parcel-cancelled = Un paquete se deshizo antes de salir.
timeline-completed = Su pedido está completo.
timeline-cancelled = Su pedido se ha cancelado.
timeline-cancelled-reason = Su pedido se ha cancelado: { $reason }
timeline-refund-requested = { $amount } van de camino hacia usted.
timeline-refund-requested-reason = { $amount } van de camino hacia usted: { $reason }
timeline-refund-requested-all = Su dinero va de camino hacia usted.
timeline-refunded = Se le han devuelto { $amount }.
timeline-refunded-reason = Se le han devuelto { $amount }: { $reason }
timeline-refunded-all = Se le ha devuelto el dinero.
timeline-contact-updated = Sus datos de contacto se han corregido.
timeline-address-updated = La dirección de envío de su pedido se ha corregido.
timeline-downloads-renewed = Sus descargas se han renovado.

## Why an order was cancelled, at the end of a sentence

cancelled-not-paid = no se pagó a tiempo.
cancelled-sold-out = los artículos se agotaron antes de que llegara su pago; se le devuelve el dinero.

## Messages in the shop

notice-action-required = Confirme el pago de su pedido { $number }.
notice-instructions = Así se paga su pedido { $number }.
notice-payment-failed = El pago de su pedido { $number } no se ha realizado.
notice-confirmed = Su pedido { $number } está confirmado.
notice-dispatched = Su pedido { $number } está en camino.
notice-parcel-dispatched = Una parte de su pedido { $number } está en camino.
notice-parcel-delivered = Un paquete de su pedido { $number } ha llegado.
notice-parcel-delivery-failed = No se pudo entregar un paquete de su pedido { $number }.
notice-completed = Su pedido { $number } está completo.
notice-cancelled = Su pedido { $number } se ha cancelado.
notice-refunded = Le hemos devuelto el dinero de su pedido { $number }.
notice-owed-less = Debe pagar menos por su pedido { $number }.
notice-exchanged = Lo que pagó por artículos de su pedido { $number } paga los que enviamos a cambio.

## Why a payment was declined

declined = El pago ha sido rechazado. Utilice otro medio de pago o pregunte a su banco.
declined-funds = No hay saldo suficiente en esta cuenta. Utilice otro medio de pago.
declined-expired = Esta tarjeta ha caducado. Utilice otra.
declined-saved-gone = Esta tarjeta ya no está guardada y no se le ha cobrado nada. Vuelva a introducir su tarjeta o utilice otro medio de pago.
declined-details = Los datos de la tarjeta no son correctos. Compruébelos e inténtelo de nuevo.
declined-unconfirmed = El pago no se ha confirmado. Inténtelo de nuevo y confírmelo con su banco.
declined-unsupported = La tarjeta no se puede usar para esta compra. Utilice otro medio de pago.
declined-limit = Se ha alcanzado el límite de la tarjeta. Utilice otra tarjeta o pregunte a su banco.
declined-voided = El pago se abandonó antes de completarse. Inténtelo de nuevo.
declined-processing = El pago no se ha podido procesar. Inténtelo de nuevo.

## What stands in the way of a payment

payment-action-required = El pago le espera: falta un paso más.
payment-pending = El pago se está procesando.
payment-provider-unavailable = El pago se retrasa: el proveedor de pagos no responde en este momento. No tiene que hacer nada.
payment-config-missing = El pago no se puede cobrar en este momento. La tienda ya lo sabe; no tiene que volver a pagar.
payment-voided = El pago se abandonó y no se cobró nada.

## Why there is no tax, as an invoice says it

tax-exempt = Exento de impuestos.
tax-reverse-charge = Inversión del sujeto pasivo: el impuesto lo debe el cliente.
tax-export = Exportación: no se devenga ninguno de nuestros impuestos.
