### DRAFT: to be read by a native speaker before it is relied on.

gift-card-day = El día en que se envía una tarjeta regalo debe escribirse como 2027-12-24 y estar dentro de un año.
gift-card-code-form = Este no es el código de una tarjeta regalo: tiene veinte letras y cifras, como { $example }. Compruebe si hay un error.
gift-card-unknown = No hay ninguna tarjeta regalo con este código, o ya no es válida.
gift-card-empty = No queda nada en esta tarjeta regalo.
gift-card-expired = Esta tarjeta regalo ha caducado.
gift-card-currency = Esta tarjeta regalo está en { $card } y la cesta en { $cart }.
gift-card-amount-fixed = El importe de esta tarjeta regalo no se puede elegir: es su precio.
gift-card-amount-currency = El importe de esta tarjeta regalo solo se puede elegir en { $currency }.
gift-card-amount-range = Elija un importe entre { $least } y { $most }, en pasos de { $step }.
gift-cards-max = Una cesta se puede pagar con { $count } tarjetas regalo como máximo.
gift-card-lower = Con la tarjeta regalo que termina en { $digits } solo se pueden pagar { $current }; eran { $seen }.
store-credit-sign-in = Inicie sesión para pagar con su saldo.
store-credit-none = No tiene saldo en { $currency }.
store-credit-lower = Su saldo es ahora { $current }; era { $seen }.
credit-used-meanwhile = Una tarjeta regalo o el saldo se usó entretanto en otro lugar: vuelva a mirar la cesta.

## El correo que trae una tarjeta regalo

mail-gift-card-subject = Una tarjeta regalo de { $shop } para usted
mail-gift-card-heading = Una tarjeta regalo para usted
mail-gift-card-text = Ha recibido una tarjeta regalo de { $amount } para { $shop }.
mail-gift-card-text-from = { $sender } le regala una tarjeta de { $amount } para { $shop }.
mail-gift-card-code = Su código
mail-gift-card-how = Introdúzcalo al pagar. Lo que quede permanece en la tarjeta para su próximo pedido.
mail-gift-card-expires = Es válida hasta el { $date }.
mail-gift-card-keep = Quien tenga el código puede pagar con él: guarde este correo como si fuera dinero.
mail-gift-card-action = Ir a la tienda
mail-credit-expires-subject = { $amount } en { $shop } caducan pronto
mail-credit-expires-heading = Caduca pronto
mail-credit-expires-card = Quedan { $amount } en su tarjeta regalo que termina en { $digits }. Es válida hasta el { $date }.
mail-credit-expires-own = Tiene un saldo de { $amount }. Es válido hasta el { $date }.

## Se devuelve dinero como saldo

mail-refunded-card-text = Hemos devuelto { $amount } de su pedido { $number } a la tarjeta regalo que termina en { $digits }.
mail-refunded-credit-text = Hemos abonado { $amount } de su pedido { $number } en su saldo.
mail-refunded-credit-next = Puede pagar con ello su próximo pedido desde ahora.

## En los correos sobre pedidos

mail-credit = Tarjetas regalo y saldo
mail-due = Queda por pagar
mail-cancelled-credit = Lo que se pagó con tarjetas regalo o saldo vuelve a estar disponible en ellos.
