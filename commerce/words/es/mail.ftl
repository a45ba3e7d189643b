### DRAFT: to be read by a native speaker before it is relied on.

## The frame of every mail

mail-hello = Hola, { $name }:
mail-hello-nobody = Hola:
mail-labelled = { $label }: { $value }
mail-label = { $label }:

## An order

mail-order = Pedido { $number }
mail-see-order = Ver su pedido
mail-follow-parcel = Seguir su paquete
mail-what-next = Qué ocurre ahora
mail-step-received = Recibido
mail-step-confirmed = Confirmado
mail-step-dispatched = En camino
mail-subtotal = Subtotal
mail-discount = Descuento
mail-discount-by = Descuento: { $discount }
mail-shipping = Envío
mail-shipping-free = Gratis
mail-tax = Impuestos
mail-tax-included = { $kind ->
    [sales] { $tax } de impuesto sobre ventas incluido
    [gst] { $tax } de GST incluido
    [consumption] { $tax } de impuesto al consumo incluido
   *[vat] { $tax } de IVA incluido
}
mail-total = Total
mail-each = { $price } la unidad, { $total } en total
mail-gift-message = Como regalo, con estas palabras
mail-pick-up-at = Recogida en
mail-opening-hours = Horario: { $hours }
mail-shipping-to = Envío a
mail-shipping-by = Forma de envío
mail-backorder = Pendiente de reposición: { $units } de { $quantity }
mail-backorder-expected = Pendiente de reposición: { $units } de { $quantity }, previsto para el { $date }
mail-pre-order = Reservado por anticipado: { $units } de { $quantity }
mail-pre-order-expected = Reservado por anticipado: { $units } de { $quantity }, previsto para el { $date }
mail-why-order = Recibe este correo porque se hizo un pedido en { $shop } con esta dirección.
mail-keep-link = Su enlace abre el pedido sin contraseña: no comparta este correo con nadie.

## Files that were bought

mail-downloads = Sus descargas
mail-download-often = { $count ->
    [1] una vez
   *[other] { $count } veces
}
mail-download-until = hasta el { $moment }
mail-download-often-until = { $count ->
    [1] una vez, hasta el { $moment }
   *[other] { $count } veces, hasta el { $moment }
}

## The order is received

mail-received-subject = Hemos recibido su pedido { $number }
mail-received-heading = Gracias por su pedido
mail-received-preview = Hemos apartado sus artículos. Estamos comprobando el pago.
mail-received-text = Hemos recibido su pedido { $number }, hemos apartado sus artículos y estamos comprobando el pago.
mail-received-next = En cuanto el pago esté resuelto, normalmente en unos minutos, le confirmaremos el pedido por correo. Si su banco pide una confirmación, el enlace a su pedido le lleva a ella.

## The order is confirmed

mail-confirmed-subject = Su pedido { $number } está confirmado
mail-confirmed-heading = Su pedido está confirmado
mail-confirmed-text = Su pedido { $number } está confirmado: todo lo que ha elegido es suyo.
mail-confirmed-text-packed = Su pedido { $number } está confirmado: todo lo que ha elegido es suyo. Ahora lo preparamos.
mail-confirmed-text-waiting = Su pedido { $number } está confirmado. Todavía no nos ha llegado todo: abajo puede ver qué falta y para cuándo lo esperamos. Lo enviaremos todo en cuanto llegue.
mail-confirmed-next = Volveremos a escribirle cuando salga el paquete, para que pueda seguirlo. Hasta entonces puede cancelarlo en la página de su pedido.
mail-confirmed-next-pick-up = Volveremos a escribirle cuando pueda recoger su pedido. Hasta entonces puede cancelarlo en la página de su pedido.

## The goods are on their way

mail-dispatched-subject = Su pedido { $number } está en camino
mail-dispatched-subject-pick-up = Ya puede recoger su pedido { $number }
mail-dispatched-subject-part = Una parte de su pedido { $number } está en camino
mail-dispatched-subject-part-pick-up = Ya puede recoger una parte de su pedido { $number }
mail-dispatched-heading = Su pedido está en camino
mail-dispatched-heading-pick-up = Ya puede recoger su pedido
mail-dispatched-heading-part = Una parte de su pedido está en camino
mail-dispatched-heading-part-pick-up = Ya puede recoger una parte de su pedido
mail-dispatched-text = Su pedido { $number } ya ha salido.
mail-dispatched-text-carrier = Su pedido { $number } ya ha salido con { $carrier }.
mail-dispatched-text-pick-up = Su pedido { $number } le espera.
mail-dispatched-part = Una parte de su pedido { $number } ya ha salido.
mail-dispatched-part-carrier = Una parte de su pedido { $number } ya ha salido con { $carrier }.
mail-dispatched-part-pick-up = Una parte de su pedido { $number } le espera.
mail-tracking-number = Número de seguimiento
mail-in-parcel = En este paquete
mail-dispatched-last = La última parte de su pedido { $number } ha salido.
mail-dispatched-last-carrier = La última parte de su pedido { $number } ha salido con { $carrier }.
mail-dispatched-last-pick-up = El resto de su pedido { $number } le espera.
mail-still-to-come = Aún por llegar
mail-dispatched-next = El paquete debería llegarle en el plazo de su forma de envío.
mail-dispatched-next-tracked = El transportista puede tardar un día en mostrar la primera etapa del paquete.
mail-dispatched-next-part = El resto irá en otro paquete; le escribiremos cuando salga.
mail-dispatched-next-pick-up = Traiga el número de su pedido.
mail-dispatched-next-part-pick-up = Traiga el número de su pedido. Volveremos a escribirle cuando el resto esté listo.

## The order is cancelled

mail-cancelled-subject = Su pedido { $number } se ha cancelado
mail-cancelled-heading = Su pedido se ha cancelado
mail-cancelled-text = Su pedido { $number } se ha cancelado y no se enviará.
mail-cancelled-reason = Motivo indicado: { $reason }
mail-cancelled-not-charged = No se le ha cobrado nada.
mail-cancelled-payment-unknown = Aún no sabemos si su pago se ha realizado. Si es así, se lo devolveremos por nuestra cuenta y le escribiremos.
mail-cancelled-held = No se le ha cobrado nada. Si su banco muestra un importe retenido, lo liberará por sí mismo, normalmente en unos días.
mail-cancelled-paid = Había pagado { $amount }: se lo devolvemos por el medio de pago que utilizó y le escribiremos cuando esté hecho.

## Money is paid back

mail-refunded-subject = Reembolso de su pedido { $number }
mail-refunded-heading = Le hemos devuelto el dinero
mail-refunded-preview = { $amount } van de camino a su cuenta.
mail-refunded-text = Hemos devuelto { $amount } por el medio de pago que utilizó en su pedido { $number }.
mail-refunded-text-whole = Hemos devuelto { $amount } por el medio de pago que utilizó en su pedido { $number }. Con ello se le ha devuelto todo lo que pagó.
mail-refunded-reason = Motivo: { $reason }
mail-refunded-fee = Del importe de los artículos devueltos se retuvieron { $amount } como gasto.
mail-refunded-next = Su banco mostrará el importe en un plazo de cinco a diez días, según cómo lo contabilice.

## Lo que debe una empresa está vencido

mail-overdue-subject = El pago del pedido { $number } está vencido
mail-overdue-heading = Un pago está vencido
mail-overdue-text = { $amount } del pedido { $number }, que { $company } compró a cuenta, vencieron el { $due }. Le rogamos que lo pague pronto.
mail-overdue-paid = Si ya ha pagado, no tiene que hacer nada.
mail-overdue-again-subject = Segundo recordatorio: el pago del pedido { $number } está vencido
mail-overdue-again-heading = Un pago sigue vencido
mail-overdue-again-text = { $amount } del pedido { $number }, que { $company } compró a cuenta, vencían el { $due }, y ya se lo recordamos. Páguelo ahora, por favor, o escríbanos.

## Hasta cuándo se paga un pedido, bajo su total

mail-account-due = A pagar a cuenta hasta el { $due }
mail-account-overdue = A pagar a cuenta: vencido desde el { $due }
mail-account-paid = Pagado a cuenta
mail-account-credited = Ya no queda nada por pagar a cuenta
mail-purchase-order = Su número de pedido

## Una compra espera aprobación

mail-request-subject = { $buyer } le pide que apruebe una compra para { $company }
mail-request-heading = Una compra espera su aprobación
mail-request-text = { $buyer } quiere comprar por { $amount } para { $company } y necesita su aprobación.
mail-request-approved-subject = Su compra está aprobada: pedido { $number }
mail-request-approved-heading = Su compra está aprobada
mail-request-approved-text = Su compra de { $amount } para { $company } está aprobada: es el pedido { $number }.
mail-request-refused-subject = Su compra para { $company } no está aprobada
mail-request-refused-heading = Su compra no está aprobada
mail-request-refused-text = Su compra de { $amount } para { $company } no está aprobada. Puede cambiar el carrito y volver a pedirla.
mail-request-see = Ver la solicitud

## The link to an order, for whoever asked for it

mail-order-link-subject = El enlace a su pedido { $number }
mail-order-link-heading = Su pedido
mail-order-link-text = Usted, o alguien que conoce su dirección de correo, ha pedido el enlace a su pedido { $number }. Abre el pedido sin iniciar sesión: no lo comparta con nadie.
mail-order-link-other = Si no fue usted, no tiene que hacer nada.
mail-imported-subject = Su pedido { $number }
mail-imported-text = Usted, o alguien que conoce su dirección de correo, ha pedido ver su pedido { $number } del { $time }. Se hizo en nuestra tienda anterior; esto es lo que tenemos de él.
mail-imported-total = Total: { $amount }

## The payment failed

mail-payment-failed-subject = El pago de su pedido { $number } no se ha realizado
mail-payment-failed-heading = Su pago no se ha realizado
mail-payment-failed-text = No se le ha cobrado nada y su pedido { $number } sigue aquí.
mail-payment-failed-action = Volver a pagar
mail-held-until = Le guardamos los artículos hasta el { $moment }.
mail-payment-next = En cuanto un pago se realice, le confirmaremos el pedido por correo.
mail-payment-next-held = En cuanto un pago se realice, le confirmaremos el pedido por correo. Si no se realiza ninguno mientras guardamos sus artículos, el pedido se cancelará sin coste para usted.

## How to pay

mail-instructions-subject = Cómo pagar su pedido { $number }
mail-instructions-heading = Cómo pagar
mail-instructions-preview = Sus artículos están apartados hasta que llegue su pago.
mail-instructions-text = Sus artículos están apartados. Así se paga su pedido { $number }:
mail-instructions-next = En cuanto llegue su pago, le confirmaremos el pedido por correo.
mail-instructions-next-held = En cuanto llegue su pago, le confirmaremos el pedido por correo. Si no llega mientras guardamos sus artículos, el pedido se cancelará sin coste para usted.

## Downloads anew

mail-downloads-subject = Las descargas de su pedido { $number }
mail-downloads-text = Las descargas de su pedido { $number } están listas.

## Back in stock

mail-back-subject = { $title } vuelve a estar disponible
mail-back-heading = Disponible de nuevo
mail-back-text = Pidió que le avisáramos: { $title } vuelve a estar disponible en { $shop }. No le reservamos nada: se vende por orden de llegada.
mail-back-action = Verlo
mail-back-why = Recibe este correo una sola vez, porque alguien, probablemente usted, lo pidió con esta dirección.
mail-back-stop = No recibir nada más sobre lo que espera esta dirección

## To the shop itself: little is left

mail-low-subject = Existencias bajas: { $title } ({ $sku })
mail-low-heading = Queda poco
mail-low-text = { $title } ({ $sku }) se está agotando.
mail-low-place = { $place }: { $count } disponibles
mail-low-why = Pidió que le avisáramos con { $threshold } o menos. No volveremos a avisarle hasta que haya habido más.
mail-webhook-disabled-subject = Webhooks desactivados: { $endpoint }
mail-webhook-disabled-heading = Los webhooks están desactivados
mail-webhook-disabled-failing = { $endpoint } lleva días sin aceptar ningún evento, así que ya no se le envía nada.
mail-webhook-disabled-gone = { $endpoint } indica que ya no existe, así que ya no se le envía nada.
mail-webhook-disabled-next = Lo que se perdió se guarda durante un tiempo: arréglelo, vuelva a activarlo y pida que se envíe de nuevo.
mail-webhook-disabled-see = Ver los envíos

## Un pedido preparado por el equipo está por pagar

mail-draft-subject = Su pedido { $number } en { $shop } se puede pagar
mail-draft-heading = Su pedido se puede pagar
mail-draft-text = Hemos preparado su pedido { $number }. A pagar: { $amount }.
mail-draft-text-shipping = Hemos preparado su pedido { $number }. A pagar: { $amount }, más el envío que elija.
mail-draft-line = { $quantity } × { $title }: { $amount }
mail-draft-until = Puede pagarlo hasta el { $time }.
mail-draft-pay = Verlo y pagar
draft-order-discount = Descuento
