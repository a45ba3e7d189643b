### Lo que se dice del desistimiento. Borrador.

withdrawal-statement-whole = Yo, { $name }, desisto de mi contrato sobre los artículos del pedido { $order }.
withdrawal-statement-part = Yo, { $name }, desisto de mi contrato sobre estos artículos del pedido { $order }:
withdrawal-statement-line = { $quantity } × { $title }
withdrawal-statement-email = Por favor, confirmen la recepción a { $email }.

withdrawal-name = Indique su nombre.
withdrawal-no-lines = Elija de qué artículos desiste, o desista de todo el pedido.
withdrawal-only-so-many = { $count ->
    [one] Solo se pidió { $count } unidad de { $title }.
   *[other] Solo se pidieron { $count } unidades de { $title }.
}
withdrawal-lines-of-unopened = Para elegir líneas, abra primero el pedido, o diga con sus palabras de qué artículos se trata.
withdrawal-too-often = Han sido demasiadas veces para esta dirección. Inténtelo dentro de una hora o escriba a la tienda.
withdrawal-is-decided = El desistimiento ya está resuelto.
withdrawal-needs-order = Diga primero de qué pedido se trata.
withdrawal-has-order = El desistimiento ya es de otro pedido.

withdrawal-return-note = Del desistimiento { $number }.
cancelled-withdrawn = ha desistido del contrato; le devolvemos su dinero.
timeline-withdrawal-received = Hemos recibido su desistimiento.
timeline-withdrawal-accepted = Su desistimiento está aceptado.
timeline-withdrawal-refused = Su desistimiento no se ha podido aceptar.

mail-withdrawal-number = Número
mail-withdrawal-at = Recibido el { $moment }
mail-withdrawal-statement = Su declaración
mail-withdrawal-staff-statement = La declaración
mail-withdrawal-see = Ver el desistimiento
mail-withdrawal-received-subject = Hemos recibido su desistimiento del pedido { $order } ({ $number })
mail-withdrawal-received-heading = Hemos recibido su desistimiento
mail-withdrawal-received-text = Confirmamos que hemos recibido su desistimiento del pedido { $order }. Guarde este correo.
mail-withdrawal-received-next = Le escribiremos cómo sigue: adónde enviar los artículos que tenga y cuándo recibe su dinero.
mail-withdrawal-accepted-subject = Su desistimiento del pedido { $order } está aceptado ({ $number })
mail-withdrawal-accepted-heading = Su desistimiento está aceptado
mail-withdrawal-accepted-text = Aceptamos su desistimiento del pedido { $order } y le escribiremos sobre su dinero.
mail-withdrawal-refused-subject = Su desistimiento del pedido { $order } ({ $number })
mail-withdrawal-refused-heading = No podemos aceptar su desistimiento
mail-withdrawal-refused-text = Hemos revisado su desistimiento del pedido { $order } y no podemos aceptarlo:
mail-withdrawal-staff-subject = Desistimiento del pedido { $order } ({ $number })
mail-withdrawal-staff-heading = Un cliente desiste
mail-withdrawal-staff-done = Está en plazo. Los artículos vuelven con una devolución, o el pedido se ha cancelado.
mail-withdrawal-staff-open = Está en plazo, y algo le espera: artículos excluidos, aún no enviados o descritos con palabras.
mail-withdrawal-staff-late = Llegó fuera de plazo. Por favor, decida.
mail-withdrawal-staff-not-entitled = El pedido no tiene derecho de desistimiento: por su mercado, o porque compró una empresa. Por favor, decida.
mail-withdrawal-staff-unmatched = Ningún pedido tiene este número y esta dirección. Averigüe cuál es.
