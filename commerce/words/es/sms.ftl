## Los SMS sobre un pedido

sms-dispatched = { $shop }: su pedido { $number } está en camino.
sms-dispatched-carrier = { $shop }: su pedido { $number } está en camino con { $carrier }.
sms-dispatched-part = { $shop }: una parte de su pedido { $number } está en camino.
sms-ready = { $shop }: ya puede recoger su pedido { $number }.
sms-ready-part = { $shop }: ya puede recoger una parte de su pedido { $number }.
sms-out-for-delivery = { $shop }: un paquete de su pedido { $number } está en reparto.
sms-delivered = { $shop }: un paquete de su pedido { $number } se ha entregado.
