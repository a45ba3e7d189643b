### DRAFT: to be read by a native speaker before it is relied on.

## Any input

empty-field = `{ $field }` no puede estar vacío.
too-many-characters = { $count ->
    [one] `{ $field }` puede tener como máximo { $count } carácter.
   *[other] `{ $field }` puede tener como máximo { $count } caracteres.
}
hidden-characters = `{ $field }` contiene un carácter de control o uno que oculta texto.
not-an-email = `{ $field }` debe ser una sola dirección de correo, como `ada@example.com`.
quoted-email = `{ $field }` tiene comillas antes de la @, y muchos servidores de correo las rechazan: indique otra dirección.
dotted-email = `{ $field }` tiene un punto al principio o al final de lo que va antes de la @, o dos seguidos, y muchos servidores de correo lo rechazan: indique otra dirección.
not-a-country = `{ $field }` debe ser las dos letras de un país según ISO 3166-1, como `DE`.
postal-code-empty = `postalCode` no puede estar vacío.
postal-code-form = `postalCode` debe tener la forma de `{ $example }` ({ $country }).
phone-form = `{ $field }` debe ser un número de teléfono, como `+49 30 123456`.
mobile-form = `{ $field }` debe ser un número de móvil con el prefijo de su país, como `{ $example }`.
sms-order-over = Ya no hay nada más que avisar de este pedido.
push-subscription = El navegador no ha dado ninguna dirección a la que enviar mensajes. Inténtelo de nuevo, o con otro navegador.
region-unknown = `region` debe ser una región de este país ({ $country }) según la lista de su correo, como `{ $example }`.
# What staff keep, within another message. `$what` is English.
noun = { $kind ->
    [discount] descuento
    [draft-order] pedido preparado
    [line-in-this-draft-order] línea de este pedido preparado
    [product] producto
    [variant] variante
    [variant-of-this-product] variante de este producto
    [category] categoría
    [collection] colección
    [attribute] atributo
    [picture] imagen
    [picture-of-this-product] imagen de este producto
    [upload] subida
    [file] archivo
    [download] descarga
    [customer] cliente
    [session] sesión
    [link] enlace
    [identity] cuenta vinculada
    [identity-provider] proveedor de inicio de sesión
    [second-factor] segundo factor
    [member-of-staff] miembro del personal
    [role] rol
    [open-invitation] invitación abierta
    [app] aplicación
    [location] ubicación
    [stock] existencias
    [stock-policy] regla de existencias
    [transfer] traslado
    [count] recuento
    [capture] cobro
    [refund] reembolso
    [mail] correo
    [note] nota
    [page] página
    [menu] menú
    [redirect] redirección
    [text] texto
    [text-message] SMS
    [shipping-zone] zona de envío
    [zone] zona
    [shipping-method] forma de envío
    [method] forma de envío
    [tax-rate] tipo impositivo
    [rate] tipo impositivo
    [economic-operator] operador económico
    [search-rule] regla de búsqueda
    [search-settings] ajustes de búsqueda
    [group-of-synonyms] grupo de sinónimos
    [setting] ajuste
    [flag] opción
    [export] exportación
    [bulk-operation] operación masiva
    [file-of-operations] archivo de operaciones
    [job] tarea
    [finding] hallazgo
    [thing] objeto
    [deleted-metafield] metacampo eliminado
    [order] pedido
   *[other] { $what }
}
missing = No se encuentra: { $noun }.
missing-address = Esa dirección no existe.
missing-cart = Esa cesta no existe.
missing-line = Esa línea no existe en esta cesta.
missing-order = Ese pedido no existe.
missing-payment = Ese pago no existe.
outdated = Ha cambiado entretanto: { $noun }, ahora en la versión { $version }. Vuelva a leer.
outdated-account = La cuenta ha cambiado entretanto: está en la versión { $version }. Vuelva a leerla.
outdated-address = La dirección ha cambiado entretanto: está en la versión { $version }. Vuelva a leerla.
outdated-cart = La cesta ha cambiado entretanto: está en la versión { $version }. Vuelva a leerla.
too-often = { $seconds ->
    [one] Demasiadas veces: inténtelo de nuevo en { $seconds } segundo.
   *[other] Demasiadas veces: inténtelo de nuevo en { $seconds } segundos.
}
not-offered = La tienda no ofrece esto por el momento.
sign-in-to-order = Inicie sesión o cree una cuenta para hacer un pedido aquí.
key-reused = Esta clave de idempotencia se usó para otra petición. Use una nueva.
request-key-form = Una Idempotency-Key tiene de 1 a { $most } caracteres ASCII visibles, como un UUID aleatorio.
request-key-short = Sin sesión iniciada, una Idempotency-Key tiene al menos { $least } caracteres, como un UUID aleatorio: nada más distingue a un cliente de otro.

## The cart

cart-empty = La cesta está vacía.
cart-completed = Esta cesta se ha convertido en un pedido y no admite más cambios. Cree una nueva.
cart-lines-max = Una cesta contiene como máximo { $count } líneas.
cart-quantity-range = La cantidad de una línea debe estar entre { $least } y { $most }.
cart-variant-missing = Esa variante no está a la venta.
reorder-nothing = Ya no se vende nada de este pedido.
cart-sku-missing = Esa referencia no está a la venta.
cart-claim-sign-in = Inicie sesión primero: una cesta se asigna a una cuenta.
cart-attributes-max = Se pueden indicar como máximo { $count } atributos.
cart-attribute-twice = La clave `{ $key }` aparece dos veces.
sold-out = { $title } está agotado.
only-so-many = { $available ->
    [one] Solo queda { $available } unidad de { $title }.
   *[other] Solo quedan { $available } unidades de { $title }.
}
order-at-least = Pida al menos { $minimum } unidades de { $title }.
order-at-most = Pida como máximo { $maximum } unidades de { $title }.
order-in-steps = { $title } se vende en múltiplos de { $step }.
on-account-not-offered = Aquí no puede comprar a cuenta. Elija otra forma de pago.
on-account-own-currency = A cuenta solo puede comprar en { $currency }. Elija otra forma de pago.
on-account-limit = Con { $amount } más se superaría el límite de crédito de su empresa. Pague primero lo pendiente o elija otra forma de pago.
no-longer-sold = { $title } ya no se vende.
not-sold-there = { $title } no se vende en este país: { $country }.
price-changed = El precio de { $title } es ahora { $current }; era { $seen }.
total-changed = El total es ahora { $total }; era { $agreed }. Mire la cesta otra vez.
contact-missing = Falta una dirección de correo.
address-missing = Falta una dirección de envío.
not-shipped-to = No se hacen envíos a este país: { $country }.
not-carried = Ninguna forma de envío lleva { $title } a esta dirección: quítelo o envíelo a otra.
no-method-fits = Ninguna forma de envío lleva toda esta cesta junta, por su peso, su valor o porque sus artículos no van juntos: cambie el contenido o haga varios pedidos.
not-payable = { $due } no se pueden pagar aquí: los pagos se hacen en múltiplos de { $step }. Cambie la cantidad o avise a la tienda.
method-missing = Hay que elegir una forma de envío.
address-of-goods-missing = Indique la dirección a la que van los artículos; si no se envía nada, basta la de facturación.
method-needs-address = Indique primero la dirección de envío: las formas de envío dependen de ella.
method-does-not-reach = Esta forma de envío no llega a la dirección o no lleva todo lo que hay en la cesta.
in-stock-already = Hay existencias: puede pedirlo ahora.
alert-own-address = Le avisaremos en su propia dirección de correo: omita `email`.
code-challenge-form = `code_challenge` debe ser un SHA-256 en base64url, sin relleno.
sign-in-code-dead = Este código ya se usó o es demasiado antiguo: inicie sesión de nuevo con el proveedor.
token-is-card-number = `token` es un número de tarjeta. No envíe nunca números de tarjeta aquí: la biblioteca del proveedor de pagos los recibe en el navegador y entrega un token.
saved-card-or-token = Indique `token` o `savedPaymentMethodId`, no ambos.
cards-not-saved = Esta forma de pago no guarda tarjetas: pague sin guardarla o elija otra.
sign-in-to-save-card = Inicie sesión para guardar una tarjeta.
saved-cards-max = Se guardan como máximo { $count } tarjetas. Quite antes una.
missing-saved-card = No existe esa tarjeta guardada.
payment-in-steps = El proveedor de pagos no puede aceptar { $amount }: solo múltiplos de { $step }.
export-address-dead = Esta dirección no es de la tienda o ha caducado.
order-changed-meanwhile = El pedido ha cambiado mientras tanto. Vuelva a leerlo.
alerts-max = { $count ->
    [one] Esta dirección de correo ya espera { $count } artículo.
   *[other] Esta dirección de correo ya espera { $count } artículos.
}

## Descuentos

discount-code-unknown = No existe el código { $code }.
discount-code-expired = El código { $code } ha caducado.
discount-code-used-up = El código { $code } está agotado.
discount-code-used-by-you = Ya ha usado el código { $code } tantas veces como es posible.
discount-code-elsewhere = El código { $code } no vale para su país o su moneda.
discount-code-other-customers = El código { $code } es para determinados clientes: inicie sesión si es uno de ellos.
discount-code-not-first = El código { $code } es para un primer pedido.
discount-code-other-goods = El código { $code } no vale para nada de lo que hay en la cesta.
discount-code-spend-more = El código { $code } se aplica con { $amount } más.
discount-code-add-units = { $count ->
    [one] Añada { $count } artículo y se aplicará el código { $code }.
   *[other] Añada { $count } artículos y se aplicará el código { $code }.
}
discount-code-add-gift = { $count ->
    [one] Ponga en la cesta { $count } artículo de los que rebaja el código { $code }.
   *[other] Ponga en la cesta { $count } artículos de los que rebaja el código { $code }.
}
discount-code-other-destination = El código { $code } no vale para ese destino.
discount-code-other-method = El código { $code } no vale para el modo de envío elegido.
discount-code-nothing-left = El código { $code } no rebaja nada aquí.
discount-code-outdone = El código { $code } no se puede combinar con los otros descuentos, que ahorran más.
discount-codes-max = Una cesta admite como máximo { $count } códigos.
discount-near-spend = { $amount } más para: { $title }
discount-near-units = { $count ->
    [one] { $count } artículo más para: { $title }
   *[other] { $count } artículos más para: { $title }
}
discount-near-gift = { $count ->
    [one] Añada { $count } para tener: { $title }
   *[other] Añada { $count } para tener: { $title }
}
discount-gone = Un descuento ya no existe. Mire la cesta otra vez.
discount-used-up-meanwhile = «{ $title }» se acaba de agotar. Mire la cesta otra vez.
discount-used-by-you-meanwhile = Ya ha usado «{ $title }» tantas veces como es posible. Mire la cesta otra vez.

## Payment

no-payment-method = Esta tienda no tiene ese medio de pago.
payment-not-configured = Esta tienda no puede cobrar en este momento: su proveedor de pagos no está configurado.
payment-earlier-open = Aún no se sabe si un pago anterior de este pedido ha fallado.
payment-under-way = Hay un pago de este pedido en curso. Espere su resultado.

## Accounts

wrong-credentials = La dirección de correo y la contraseña no corresponden a ninguna cuenta.
wrong-password = Esa no es su contraseña.
wrong-sign-up-password = Esa no es la contraseña que se eligió con este correo. Busque un correo posterior o regístrese de nuevo.
password-not-set = Su cuenta aún no tiene contraseña: pida un enlace que la establezca y vuelva con él.
language-not-spoken = La tienda no habla este idioma. Habla { $languages }.
email-taken = Esta dirección de correo ya tiene una cuenta. Inicie sesión o use otra dirección.
session-ended = Inicie sesión de nuevo: la sesión ha terminado.
nobody-signed-in = Nadie ha iniciado sesión.
sign-in-account = Inicie sesión en su cuenta.
sign-in-orders = Inicie sesión para ver sus pedidos.
sign-in-notifications = Inicie sesión para ver sus avisos.
changed-too-often = Esto se ha cambiado demasiadas veces. Escriba a la tienda.
addresses-max = Una libreta contiene como máximo { $count } direcciones. Borre antes una.
password-too-long = Una contraseña tiene como máximo { $most } caracteres.
password-too-short = Una contraseña tiene al menos { $least } caracteres; bastan { $least-strong } o más si es difícil de adivinar.
password-guessed = Esta contraseña es de las primeras que se prueban: elija varias palabras que no guarden relación.
password-personal = Esta contraseña está hecha de su dirección de correo o de su nombre: elija otra.
provider-away = El proveedor no responde: inténtelo pronto de nuevo o inicie sesión de otro modo.
provider-did-not-hold = El inicio de sesión en el proveedor no fue válido: empiece de nuevo.
provider-other-linked = Otra cuenta de este proveedor abre la suya: inicie sesión de otro modo y desvincúlela primero.
provider-not-let-in = Con esta cuenta no se puede iniciar sesión. Pregunte a la tienda.
provider-own-unconfirmed = Su cuenta no ha demostrado que la dirección de correo es suya: establezca primero una contraseña nueva por correo.
provider-unconfirmed = El proveedor no confirma que la dirección de correo sea suya: confírmela allí o regístrese aquí.
provider-only-key = Nada más abre su cuenta: pida primero un enlace para una contraseña.
sign-in-not-begun = Este inicio de sesión no empezó aquí o fue hace demasiado tiempo: empiece de nuevo.

## Rights

sign-in-as-staff = Inicie sesión como miembro del personal.
app-lacks = La clave de esta aplicación no lo permite: falta { $permission }.
role-lacks-second-factor = Su rol no lo permite, o no hasta que haya configurado un segundo factor.
role-lacks = Su rol no lo permite.
beyond-own-rights = Es más de lo que usted mismo puede hacer: falta { $permissions }.

## Datos guardados y NIF-IVA

erasure-mails-on-their-way = Ya hay varios correos en camino: busque uno de ellos.
erasure-orders-open = Hay pedidos en curso: { $numbers }. Vuelva a pedirlo cuando estén completados o cancelados.
export-files-of-today = Ya hay varios archivos de hoy: descargue uno de ellos.
vat-number-too-long = Un NIF-IVA tiene como máximo 14 caracteres.
vat-number-country = Un NIF-IVA empieza por las dos letras de un país de la Unión Europea (`EL` para Grecia, `XI` para Irlanda del Norte).
vat-number-mistyped = No es un NIF-IVA de { $country }: después de `{ $prefix }` va { $form } (9: una cifra, L: una letra, X: cualquiera de las dos), y las últimas comprueban las demás. Compruebe si está bien escrito.
vat-number-unconfirmed = El número tiene la forma correcta, pero esta tienda no puede confirmarlo: se cobra el impuesto.
vat-number-unknown = El registro no conoce este número: se cobra el impuesto. Compruebe si está mal escrito.
vat-register-away = El registro de NIF-IVA no responde: se cobra el impuesto. Indique el número de nuevo dentro de un rato.

## Una compra espera aprobación

cart-awaits-approval = Se ha pedido a su empresa que apruebe este carrito: podrá cambiar cuando se responda o se retire la solicitud.
approval-needed = Lo que compra para su empresa necesita la aprobación de un responsable: pídala.
approval-not-needed = Esto no necesita aprobación: puede pedirlo.
approval-without-card = Lo que espera una aprobación no se puede pagar con una tarjeta que se escribe ahora: elija otra forma de pago.
nobody-approves = Nadie en su empresa puede aprobar esto: escriba a la tienda.
buys-for-another = Quien pidió esto compra ahora para otra persona.
request-decided = Esta solicitud ya tiene respuesta.
approves-not-ones-own = Lo pidió usted: otro responsable tiene que aprobarlo.
purchase-order-of-company = Un número de pedido propio es para quienes compran para una empresa.

## Lo que un pedido no puede ser

order-cannot =
    El pedido { $from ->
        [created] acaba de crearse
        [pending] espera su pago
        [paid] está pagado
        [unpaid] no está pagado
        [confirmed] está confirmado
        [dispatched] está enviado
        [completed] está completado
       *[cancelled] está cancelado
    } y no se puede { $what ->
        [pay] volver a pagar
        [settle] liquidar
        [confirm] confirmar
        [dispatch] enviar
        [complete] completar
       *[cancel] cancelar
    }.

## Pedidos preparados por el equipo

draft-order-over = Esta oferta ha caducado o se ha retirado. Pídanos otra.
draft-order-locked = Hemos preparado este pedido para usted: solo nosotros podemos cambiar lo que contiene y su precio. Escríbanos.
