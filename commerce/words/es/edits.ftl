# Pedidos que se modifican antes del envío.

timeline-edited = Su pedido se ha modificado.
timeline-edited-unpaid = Su pedido se ha modificado: quedan { $amount } por pagar.
timeline-edited-refund = Su pedido se ha modificado: se le devuelven { $amount }.
notice-edited = Su pedido { $number } se ha modificado.

mail-edited-subject = Su pedido { $number } se ha modificado
mail-edited-heading = Su pedido se ha modificado
mail-edited-text = Su pedido { $number } es ahora como lo ve abajo. Cuesta { $total }.
mail-edited-unpaid = Quedan { $amount } por pagar. Enviaremos su pedido en cuanto esté pagado.
mail-edited-refund = Se le devuelven { $amount } por el medio de pago que utilizó.
mail-edited-reason = Motivo: { $reason }
mail-edited-pay = Pagar { $amount }
mail-edited-next = Si no lo esperaba, responda a este correo.
mail-edited-added = Nuevo: { $quantity } × { $title }
mail-edited-removed = Retirado: { $title }
mail-edited-quantity = { $title }: { $quantity } en lugar de { $before }
mail-edited-price = { $title }: { $price } por unidad en lugar de { $before }
mail-edited-shipping = Envío: { $name }, { $price }
mail-edited-discount = Descuento: { $amount } en lugar de { $before }
mail-edited-address = Va a otra dirección.

edit-discount = Descuento
edit-unconfirmed = El pedido aún no está confirmado: podrá modificarse cuando esté pagado.
edit-sent = El pedido está en camino: ya no puede modificarse.
edit-cancelled = El pedido se canceló: ya no puede modificarse.
edit-by-shopper-too-late = Ha pasado el tiempo en que puede modificar el pedido usted mismo. Escriba a la tienda.
edit-quantity-range = Indique una cantidad de { $least } a { $most }.
edit-nothing = Nada es distinto.
edit-nothing-left = No quedaría nada del pedido. Cancélelo en su lugar.
edit-fewer-only = Solo es posible reducir unidades. Haga otro pedido si quiere más.
edit-discount-asks = { $title } se concedió por lo que ha comprado y ya no se aplicaría. Escriba a la tienda para retirar artículos.
edit-price-asks = El precio de { $title } es el de la cantidad que ha comprado. Escriba a la tienda si quiere menos.
edit-shipping-asks = El envío es gratuito por lo que ha comprado y dejaría de serlo. Escriba a la tienda para retirar artículos.
edit-delivered-at-once = { $title } se entregó con el pedido y no puede modificarse.
edit-line-least = { $least } de { $title } están empaquetados, enviados o devueltos: no puede haber menos.
edit-line-named = { $title } ya se envió, reembolsó, devolvió o es objeto de un desistimiento y no puede retirarse.
