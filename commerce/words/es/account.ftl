### DRAFT: to be read by a native speaker before it is relied on.

## What several of them say

account-link-once = El enlace se abre una sola vez, hasta el { $moment }.
account-link-secret = El enlace se abre una sola vez, hasta el { $moment }. No lo comparta con nadie.
account-choose-password = Elegir una contraseña nueva
account-not-you-unchanged = Si no ha sido usted, no haga nada: su contraseña queda como está.
account-not-you-tell = Si no ha sido usted, escriba enseguida a la tienda: puede que alguien conozca su contraseña.
account-subject = { $heading } · { $shop }

## Signing up

account-sign-up-heading = Confirme su dirección
account-sign-up-text = Alguien, probablemente usted, quiere una cuenta en { $shop } con esta dirección de correo. Confirme que es suya con la contraseña que eligió:
account-sign-up-not-you = Si no ha sido usted, no haga nada: no habrá ninguna cuenta.
account-taken-heading = Ya tiene una cuenta
account-taken-text = Alguien, probablemente usted, quiere una cuenta en { $shop } con esta dirección de correo. Ya tiene una: inicie sesión. Si ha olvidado su contraseña, elija una nueva:
account-taken-not-you = Si no ha sido usted, no haga nada: su cuenta queda como está.

## A new password

account-reset-heading = Una contraseña nueva
account-reset-text = Alguien, probablemente usted, pidió una contraseña nueva para su cuenta en { $shop }.

## Another mail address

account-change-heading = Confirme su nueva dirección
account-change-text = Una cuenta en { $shop } va a tener esta dirección de correo. Confirme que es suya:
account-change-not-you = Si no lo pidió usted, no haga nada: la cuenta conserva la dirección que tiene.
account-taken-change-text = Alguien quiere usar esta dirección de correo para otra cuenta en { $shop }. Ya pertenece a una cuenta y sigue en ella: no ha cambiado nada.

## Erasure

account-erasure-heading = ¿Borrar su cuenta?
account-erasure-text = Alguien, probablemente usted, quiere que se borre su cuenta en { $shop } con todo lo que le pertenece. Esto no se puede deshacer.
account-erasure-action = Borrar la cuenta
account-erasure-not-you = Si no ha sido usted, cambie su contraseña: alguien la conoce.
account-unused-heading = Su cuenta se va a borrar
account-unused-text = Hace mucho que no usa su cuenta en { $shop }. Se borrará con todo lo que le pertenece después del { $moment }. Para conservarla, inicie sesión antes. Si ha olvidado su contraseña, elija una nueva:
account-unused-note = Si ya no necesita la cuenta, no haga nada.

## What has happened

account-password-changed-heading = Su contraseña ha cambiado
account-password-changed-text = La contraseña de su cuenta en { $shop } ha cambiado: { $moment }.
account-change-requested-heading = Se ha pedido otra dirección de correo
account-change-requested-text = Alguien ha pedido que su cuenta en { $shop } tenga otra dirección de correo: { $moment }.
account-changed-heading = Su dirección de correo ha cambiado
account-changed-text = Su cuenta en { $shop } tiene otra dirección de correo desde el { $moment }; esta ya no le pertenece.
account-linked-heading = Otro acceso a su cuenta
account-linked-text = Alguien ha iniciado sesión con esta dirección de correo en un proveedor en el que { $shop } confía: { $moment }. Desde ahora eso también abre su cuenta; en ella aparece y allí puede quitarlo.
account-exported-heading = Sus datos están listos
account-exported-text = El archivo con lo que { $shop } guarda de usted está listo: recójalo en su cuenta.
account-erased-heading = Su cuenta se ha borrado
account-erased-text = Su cuenta en { $shop } y lo que le pertenece se están borrando desde el { $moment }. No volverá a saber de ella.
account-erased-unexpected = Si no lo esperaba, escriba a la tienda.

## To whoever works here

staff-invitation-subject = Invitación para trabajar en { $shop }
staff-invitation-heading = Tiene una invitación
staff-invitation-text = Le invitan a trabajar en { $shop }. Elija un nombre y una contraseña:
staff-invitation-action = Aceptar la invitación
staff-invitation-unexpected = Si no sabe de qué se trata, no haga nada: no se ha creado ninguna cuenta.
staff-reset-subject = Una contraseña nueva para { $shop }
staff-reset-heading = Una contraseña nueva
staff-reset-text = Alguien, probablemente usted, pidió una contraseña nueva para su trabajo en { $shop }. Elíjala aquí:
