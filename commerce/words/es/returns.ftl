### Lo que se dice de los artículos que vuelven.

return-is-requested = Primero hay que aceptar o rechazar la devolución.
return-is-approved = La devolución está aceptada y aún no ha llegado nada.
return-is-received = Ya han llegado artículos de la devolución.
return-is-inspected = La devolución ya se ha revisado.
return-is-closed = La devolución está cerrada.
return-is-refused = La devolución se rechazó.
return-is-cancelled = La devolución se abandonó.

return-not-sent = Aún no se ha enviado. Cancele el pedido en su lugar.
return-nothing-left = Todo ha vuelto, se ha reembolsado o está de camino.
return-too-late = Se podía devolver hasta el { $day }.
return-digital = Las descargas y las tarjetas regalo no se pueden devolver.
return-exempt-made-to-order = Se hizo por encargo y no se puede devolver.
return-exempt-perishable = Es perecedero y no se puede devolver.
return-exempt-hygiene = Por higiene no se puede devolver una vez desprecintado.
return-exempt-sealed-media = No se puede devolver con el precinto roto.
return-exempt-other = La tienda no admite su devolución.
return-only-so-many = { $left ->
    [one] Solo se puede devolver { $left } unidad de { $title }.
   *[other] Solo se pueden devolver { $left } unidades de { $title }.
}
return-lines-range = Una devolución tiene de 1 a { $count } líneas.
return-pictures-max = Una devolución tiene como máximo { $count } imágenes.
return-too-many = Un pedido tiene como máximo { $count } devoluciones. Escriba a la tienda.
return-credit-of-guest = Solo quien tiene una cuenta recibe saldo: elija el reembolso o un cambio.

timeline-return-requested = Ha pedido una devolución.
timeline-return-approved = Su devolución está aceptada. Le hemos indicado cómo enviarla.
timeline-return-refused = Su devolución se rechazó.
timeline-return-cancelled = Su devolución se abandonó.
timeline-return-received = Han llegado artículos que devolvió.
timeline-return-closed = Su devolución está completa.
timeline-exchanged = Lo que pagó por los artículos devueltos paga los que enviamos a cambio.
timeline-refunded-first = Lo que pagó por los artículos devueltos vuelve al medio con el que los pagó.
timeline-owed-less = Debe pagar menos por su pedido.
timeline-claim-resent = Volvemos a enviar artículos de su pedido.
timeline-claim-settled = Hemos resuelto su reclamación.

mail-return-goods = Lo que vuelve
mail-return-came = Lo que ha llegado
mail-return-address = Envíelo a
mail-return-number = Devolución { $number }
mail-return-label = La etiqueta de su paquete
mail-return-requested-subject = Hemos recibido su solicitud de devolución { $number }
mail-return-requested-heading = Hemos recibido su solicitud
mail-return-requested-text = Ha pedido devolver artículos de su pedido { $number }.
mail-return-requested-next = Revisamos su solicitud y le escribimos. No envíe nada antes.
mail-return-approved-subject = Su devolución { $number } está aceptada
mail-return-approved-heading = Su devolución está aceptada
mail-return-approved-text = Puede devolver estos artículos de su pedido { $number }.
mail-return-approved-next = Escriba el número de la devolución en el paquete. Le escribiremos en cuanto llegue.
mail-return-refused-subject = Su devolución { $number } se rechazó
mail-return-refused-heading = No podemos admitir la devolución
mail-return-refused-text = Hemos revisado su solicitud sobre el pedido { $number } y no podemos aceptarla.
mail-return-received-subject = Su devolución { $number } ha llegado
mail-return-received-heading = Su devolución ha llegado
mail-return-received-text = Han llegado artículos que devolvió de su pedido { $number }.
mail-return-received-next = Revisamos los artículos y le escribimos después sobre su dinero.
mail-exchanged-subject = Cambiamos artículos de su pedido { $number }
mail-exchanged-heading = Su cambio
mail-exchanged-text = Lo que pagó por artículos de su pedido { $number }, { $amount }, paga el pedido con el que le enviamos otros.
mail-exchange-until = Debe pagarse hasta el { $day }. Después cancelamos el cambio y le devolvemos su dinero.
mail-refunded-first-text = { $amount } de su pedido { $number } vuelven al medio con el que pagó el primer pedido: le enviaremos un correo sobre él.
mail-owed-less-subject = Debe pagar menos por su pedido { $number }
mail-owed-less-heading = Debe pagar menos
mail-owed-less-text = Hemos descontado { $amount } de lo que queda por pagar de su pedido { $number }.
mail-cancelled-exchange = Lo que se pagó por los artículos devueltos vuelve al medio con el que los pagó. Le enviaremos un correo sobre ese pedido.
mail-exchanged-next = Le escribimos aparte sobre ese pedido, también si queda algo por pagar.
mail-resent-subject = Le enviamos de nuevo artículos de su pedido { $first }: { $number }
mail-resent-heading = Nuevo envío
mail-resent-text = Le enviamos de nuevo, sin coste, artículos de su pedido { $first }. Llegan con el pedido { $number }.
mail-exchanging-subject = Su cambio del pedido { $first }: { $number }
mail-exchanging-text = A cambio de artículos de su pedido { $first } le enviamos otros. Llegan con el pedido { $number }.

notice-return-approved = Puede devolver artículos de su pedido { $number }: vea cómo.
notice-return-refused = No podemos admitir la devolución de artículos de su pedido { $number }.
notice-return-received = Han llegado artículos que devolvió de su pedido { $number }.
