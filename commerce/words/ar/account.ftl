### DRAFT: to be read by a native speaker before it is relied on.

## What several of them say

account-link-once = يُفتح الرابط مرة واحدة، حتى { $moment }.
account-link-secret = يُفتح الرابط مرة واحدة، حتى { $moment }. يُرجى عدم مشاركته مع أحد.
account-choose-password = اختيار كلمة مرور جديدة
account-not-you-unchanged = إن لم تكن أنت، فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.
account-not-you-tell = إن لم تكن أنت، فراسل المتجر فورًا: ربما عرف أحدهم كلمة مرورك.
account-subject = { $heading } · { $shop }

## Signing up

account-sign-up-heading = تأكيد عنوانك
account-sign-up-text = طلب شخص، هو أنت على الأرجح، حسابًا لدى { $shop } بعنوان البريد هذا. أكّد أنه عنوانك بكلمة المرور التي اخترتها:
account-sign-up-not-you = إن لم تكن أنت، فلا تفعل شيئًا: لن يُنشأ أي حساب.
account-taken-heading = لديك حساب بالفعل
account-taken-text = طلب شخص، هو أنت على الأرجح، حسابًا لدى { $shop } بعنوان البريد هذا. لديك حساب بالفعل: سجّل الدخول. وإن نسيت كلمة مرورك، فاختر واحدة جديدة:
account-taken-not-you = إن لم تكن أنت، فلا تفعل شيئًا: يبقى حسابك كما هو.

## A new password

account-reset-heading = كلمة مرور جديدة
account-reset-text = طلب شخص، هو أنت على الأرجح، كلمة مرور جديدة لحسابك لدى { $shop }.

## Another mail address

account-change-heading = تأكيد عنوانك الجديد
account-change-text = طُلب أن يُستخدم عنوان البريد هذا لحساب لدى { $shop }. أكّد أنه عنوانك:
account-change-not-you = إن لم تكن أنت من طلب ذلك، فلا تفعل شيئًا: يحتفظ الحساب بعنوانه.
account-taken-change-text = يريد شخص استخدام عنوان البريد هذا لحساب آخر لدى { $shop }. للعنوان حساب بالفعل ويبقى له: لم يتغير شيء.

## Erasure

account-erasure-heading = هل تريد حذف حسابك؟
account-erasure-text = طلب شخص، هو أنت على الأرجح، حذف حسابك لدى { $shop } مع كل ما يخصه. لا يمكن التراجع عن ذلك.
account-erasure-action = حذف الحساب
account-erasure-not-you = إن لم تكن أنت، فغيّر كلمة مرورك: هناك من يعرفها.
account-unused-heading = سيُحذف حسابك قريبًا
account-unused-text = لم تستخدم حسابك لدى { $shop } منذ مدة طويلة. سيُحذف مع كل ما يخصه بعد { $moment }. للاحتفاظ به، سجّل الدخول قبل ذلك. وإن نسيت كلمة مرورك، فاختر واحدة جديدة:
account-unused-note = إن لم تعد بحاجة إلى الحساب، فلا تفعل شيئًا.

## What has happened

account-password-changed-heading = تم تغيير كلمة مرورك
account-password-changed-text = تم تغيير كلمة مرور حسابك لدى { $shop }: { $moment }.
account-change-requested-heading = طُلب عنوان بريد آخر
account-change-requested-text = طلب شخص أن يكون لحسابك لدى { $shop } عنوان بريد آخر: { $moment }.
account-changed-heading = تم تغيير عنوان بريدك
account-changed-text = لحسابك لدى { $shop } عنوان بريد آخر منذ { $moment }، ولم يعد هذا العنوان له.
account-linked-heading = طريقة أخرى للدخول إلى حسابك
account-linked-text = سجّل شخص الدخول بعنوان البريد هذا لدى مزوّد يثق به { $shop }: { $moment }. من الآن يفتح ذلك حسابك أيضًا، وتجده في حسابك حيث يمكنك إزالته.
account-exported-heading = بياناتك جاهزة
account-exported-text = أصبح ملف ما يحتفظ به { $shop } عنك جاهزًا: يمكنك أخذه من حسابك.
account-erased-heading = تم حذف حسابك
account-erased-text = يجري حذف حسابك لدى { $shop } وما يخصه منذ { $moment }. لن تسمع عنه بعد الآن.
account-erased-unexpected = إن لم تكن تتوقع ذلك، فراسل المتجر.

## To whoever works here

staff-invitation-subject = دعوة للعمل لدى { $shop }
staff-invitation-heading = لديك دعوة
staff-invitation-text = أنت مدعو للعمل لدى { $shop }. اختر اسمًا وكلمة مرور:
staff-invitation-action = قبول الدعوة
staff-invitation-unexpected = إن لم تعرف سبب هذه الرسالة، فلا تفعل شيئًا: لم يُنشأ أي حساب.
staff-reset-subject = كلمة مرور جديدة لدى { $shop }
staff-reset-heading = كلمة مرور جديدة
staff-reset-text = طلب شخص، هو أنت على الأرجح، كلمة مرور جديدة لعملك لدى { $shop }. اخترها هنا:
