### DRAFT: to be read by a native speaker before it is relied on.

## Any input

empty-field = لا يجوز أن يكون `{ $field }` فارغًا.
too-many-characters = { $count ->
    [one] يجب ألا يزيد `{ $field }` على حرف واحد.
    [two] يجب ألا يزيد `{ $field }` على حرفين.
    [few] يجب ألا يزيد `{ $field }` على { $count } أحرف.
    [many] يجب ألا يزيد `{ $field }` على { $count } حرفًا.
   *[other] يجب ألا يزيد `{ $field }` على { $count } حرف.
}
hidden-characters = يحتوي `{ $field }` على حرف تحكّم أو حرف يخفي النص.
not-an-email = يجب أن يكون `{ $field }` عنوان بريد واحدًا، مثل `ada@example.com`.
quoted-email = يحتوي `{ $field }` على علامات اقتباس قبل @، وهو ما ترفضه خوادم بريد كثيرة: أدخل عنوانًا آخر.
dotted-email = في `{ $field }` نقطة في أول ما يسبق @ أو آخره، أو نقطتان متتاليتان، وهو ما ترفضه خوادم بريد كثيرة: أدخل عنوانًا آخر.
not-a-country = يجب أن يكون `{ $field }` حرفي بلد وفق ISO 3166-1، مثل `DE`.
postal-code-empty = لا يجوز أن يكون `postalCode` فارغًا.
postal-code-form = يجب أن يكون `postalCode` بصيغة `{ $example }` ({ $country }).
phone-form = يجب أن يكون `{ $field }` رقم هاتف، مثل `+49 30 123456`.
mobile-form = يجب أن يكون `{ $field }` رقم هاتف محمول مع رمز بلده، مثل `{ $example }`.
sms-order-over = لم يعد هناك ما نخبرك به عن هذا الطلب.
push-subscription = لم يعطِ المتصفح عنوانًا يمكن إرسال الإشعارات إليه. حاول مجددًا، أو جرّب متصفحًا آخر.
region-unknown = يجب أن تكون `region` منطقة من قائمة بريد هذا البلد ({ $country })، مثل `{ $example }`.
# What staff keep, within another message. `$what` is English.
noun = { $kind ->
    [discount] الخصم
    [draft-order] الطلب المُعَدّ
    [line-in-this-draft-order] بند في هذا الطلب المُعَدّ
    [product] المنتج
    [variant] الخيار
    [variant-of-this-product] خيار من هذا المنتج
    [category] الفئة
    [collection] المجموعة
    [attribute] السمة
    [picture] الصورة
    [picture-of-this-product] صورة هذا المنتج
    [upload] الرفع
    [file] الملف
    [download] التنزيل
    [customer] العميل
    [session] الجلسة
    [link] الرابط
    [identity] الحساب المرتبط
    [identity-provider] مزوّد تسجيل الدخول
    [second-factor] عامل التحقق الثاني
    [member-of-staff] الموظف
    [role] الدور
    [open-invitation] الدعوة المفتوحة
    [app] التطبيق
    [location] الموقع
    [stock] المخزون
    [stock-policy] قاعدة المخزون
    [transfer] النقل
    [count] الجرد
    [capture] التحصيل
    [refund] إعادة المبلغ
    [mail] الرسالة
    [note] الملاحظة
    [page] الصفحة
    [menu] القائمة
    [redirect] إعادة التوجيه
    [text] النص
    [text-message] الرسالة النصية
    [shipping-zone] منطقة الشحن
    [zone] المنطقة
    [shipping-method] طريقة الشحن
    [method] طريقة الشحن
    [tax-rate] نسبة الضريبة
    [rate] نسبة الضريبة
    [economic-operator] المشغّل الاقتصادي
    [search-rule] قاعدة البحث
    [search-settings] إعدادات البحث
    [group-of-synonyms] مجموعة المرادفات
    [setting] الإعداد
    [flag] خيار
    [export] التصدير
    [bulk-operation] العملية المجمّعة
    [file-of-operations] ملف العمليات
    [job] المهمة
    [finding] النتيجة
    [thing] العنصر
    [deleted-metafield] الحقل الوصفي المحذوف
    [order] الطلب
   *[other] { $what }
}
missing = غير موجود: { $noun }.
missing-address = هذا العنوان غير موجود.
missing-cart = هذه السلة غير موجودة.
missing-line = هذا البند غير موجود في السلة.
missing-order = هذا الطلب غير موجود.
missing-payment = هذا الدفع غير موجود.
outdated = تغيّر في هذه الأثناء: { $noun }، والنسخة الحالية { $version }. أعد القراءة.
outdated-account = تغيّر الحساب في هذه الأثناء: النسخة الحالية { $version }. أعد القراءة.
outdated-address = تغيّر العنوان في هذه الأثناء: النسخة الحالية { $version }. أعد القراءة.
outdated-cart = تغيّرت السلة في هذه الأثناء: النسخة الحالية { $version }. أعد القراءة.
too-often = { $seconds ->
    [one] محاولات كثيرة: حاول مجددًا بعد ثانية واحدة.
    [two] محاولات كثيرة: حاول مجددًا بعد ثانيتين.
    [few] محاولات كثيرة: حاول مجددًا بعد { $seconds } ثوانٍ.
    [many] محاولات كثيرة: حاول مجددًا بعد { $seconds } ثانية.
   *[other] محاولات كثيرة: حاول مجددًا بعد { $seconds } ثانية.
}
not-offered = لا يقدّم المتجر هذا في الوقت الحالي.
sign-in-to-order = سجّل الدخول أو أنشئ حسابًا لتطلب من هنا.
key-reused = استُخدم مفتاح التكرار هذا لطلب آخر. استخدم مفتاحًا جديدًا.
request-key-form = يتكون Idempotency-Key من 1 إلى { $most } من أحرف ASCII المرئية، مثل UUID عشوائي.
request-key-short = إذا لم يسجّل أحد الدخول فإن Idempotency-Key يتكون من { $least } حرفًا على الأقل، مثل UUID عشوائي: فلا شيء آخر يميز متسوقًا عن غيره.

## The cart

cart-empty = السلة فارغة.
cart-completed = أصبحت هذه السلة طلبًا ولا تقبل تغييرات أخرى. أنشئ سلة جديدة.
cart-lines-max = تتسع السلة لعدد { $count } من البنود على الأكثر.
cart-quantity-range = يجب أن تكون كمية البند بين { $least } و{ $most }.
cart-variant-missing = هذا الخيار غير معروض للبيع.
reorder-nothing = لم يعد أي شيء من هذا الطلب معروضًا للبيع.
cart-sku-missing = رمز المنتج هذا غير معروض للبيع.
cart-claim-sign-in = سجّل الدخول أولًا: تُنسب السلة إلى حساب.
cart-attributes-max = عدد السمات الأقصى { $count }.
cart-attribute-twice = المفتاح `{ $key }` مكرر.
sold-out = نفد { $title }.
only-so-many = المتوفر من { $title } هو { $available } فقط.
order-at-least = الحد الأدنى للطلب من { $title } هو { $minimum }.
order-at-most = الحد الأقصى للطلب من { $title } هو { $maximum }.
order-in-steps = يباع { $title } بمضاعفات { $step } فقط.
on-account-not-offered = الشراء على الحساب غير متاح هنا. اختر طريقة دفع أخرى.
on-account-own-currency = الشراء على الحساب متاح بعملة { $currency } فقط. اختر طريقة دفع أخرى.
on-account-limit = إضافة { $amount } تتجاوز حد الائتمان لشركتك. سدد المبالغ المستحقة أولًا أو اختر طريقة دفع أخرى.
no-longer-sold = لم يعد { $title } معروضًا للبيع.
not-sold-there = لا يُباع { $title } في هذا البلد: { $country }.
price-changed = سعر { $title } الآن { $current }، وكان { $seen }.
total-changed = المجموع الآن { $total } وكان { $agreed }. انظر إلى السلة مجددًا.
contact-missing = عنوان البريد الإلكتروني مطلوب.
address-missing = عنوان الشحن مطلوب.
not-shipped-to = لا نشحن إلى هذا البلد: { $country }.
not-carried = لا توجد طريقة شحن توصل { $title } إلى هذا العنوان: أزله أو اختر عنوانًا آخر.
no-method-fits = لا توجد طريقة شحن توصل محتوى السلة كله معًا بسبب وزنه أو قيمته أو لأن منتجاته لا تُشحن معًا: غيّر المحتوى أو قدّم عدة طلبات.
not-payable = لا يمكن دفع { $due } هنا: تُدفع المبالغ بمضاعفات { $step }. غيّر الكمية أو أخبر المتجر.
method-missing = يجب اختيار طريقة شحن.
address-of-goods-missing = أدخل العنوان الذي تُرسل إليه المنتجات؛ وإن لم يُرسل شيء فعنوان الفاتورة يكفي.
method-needs-address = أدخل عنوان الشحن أولًا: طرق الشحن تعتمد عليه.
method-does-not-reach = طريقة الشحن هذه لا تصل إلى العنوان أو لا تحمل كل ما في السلة.
in-stock-already = المنتج متوفر: يمكنك طلبه الآن.
alert-own-address = سنخبرك على عنوان بريدك: اترك `email` فارغًا.
code-challenge-form = يجب أن يكون `code_challenge` قيمة SHA-256 بترميز base64url دون حشو.
sign-in-code-dead = استُخدم هذا الرمز أو انتهت صلاحيته: سجّل الدخول لدى المزوّد من جديد.
token-is-card-number = القيمة `token` رقم بطاقة. لا ترسل أرقام البطاقات إلى هنا أبدًا: تستلمها مكتبة مزوّد الدفع في المتصفح وتعطي رمزًا.
saved-card-or-token = أرسل إمّا `token` أو `savedPaymentMethodId`.
cards-not-saved = لا تحفظ طريقة الدفع هذه البطاقات: ادفع دون حفظ أو اختر طريقة أخرى.
sign-in-to-save-card = سجّل الدخول لحفظ بطاقة.
saved-cards-max = يُحفظ { $count } من البطاقات على الأكثر. احذف واحدة أولًا.
missing-saved-card = لا توجد بطاقة محفوظة كهذه.
payment-in-steps = لا يستطيع مزوّد الدفع قبول { $amount }: يقبل مضاعفات { $step } فقط.
export-address-dead = هذا العنوان ليس من المتجر أو انتهت صلاحيته.
order-changed-meanwhile = تغيّر الطلب في هذه الأثناء. اقرأه من جديد.
alerts-max = ينتظر عنوان البريد هذا { $count } من المنتجات بالفعل.

## Discounts

discount-code-unknown = لا يوجد الرمز { $code }.
discount-code-expired = انتهت صلاحية الرمز { $code }.
discount-code-used-up = استُنفد الرمز { $code }.
discount-code-used-by-you = لقد استخدمت الرمز { $code } بعدد المرات المسموح.
discount-code-elsewhere = الرمز { $code } غير صالح لبلدك أو عملتك.
discount-code-other-customers = الرمز { $code } مخصص لعملاء معينين: سجّل الدخول إن كنت منهم.
discount-code-not-first = الرمز { $code } مخصص لأول طلب.
discount-code-other-goods = الرمز { $code } لا يخص شيئًا مما في السلة.
discount-code-spend-more = يُطبَّق الرمز { $code } بإضافة { $amount }.
discount-code-add-units = { $count ->
   *[other] أضف { $count } ليُطبَّق الرمز { $code }.
}
discount-code-add-gift = { $count ->
   *[other] ضع في السلة { $count } مما يشمله الرمز { $code }.
}
discount-code-other-destination = الرمز { $code } غير صالح لوجهة البضاعة.
discount-code-other-method = الرمز { $code } غير صالح لطريقة الشحن المختارة.
discount-code-nothing-left = الرمز { $code } لا يخفض شيئًا هنا.
discount-code-outdone = لا يمكن الجمع بين الرمز { $code } والخصومات الأخرى التي توفر أكثر.
discount-codes-max = تتسع السلة لـ { $count } من الرموز كحد أقصى.
discount-near-spend = بقي { $amount } للحصول على: { $title }
discount-near-units = { $count ->
   *[other] بقي { $count } للحصول على: { $title }
}
discount-near-gift = { $count ->
   *[other] أضف { $count } للحصول على: { $title }
}
discount-gone = لم يعد أحد الخصومات متاحًا. انظر إلى السلة مجددًا.
discount-used-up-meanwhile = استُنفد «{ $title }» للتو. انظر إلى السلة مجددًا.
discount-used-by-you-meanwhile = لقد استخدمت «{ $title }» بعدد المرات المسموح. انظر إلى السلة مجددًا.

## Payment

no-payment-method = وسيلة الدفع هذه غير متاحة في هذا المتجر.
payment-not-configured = لا يمكن للمتجر تحصيل المدفوعات حاليًا: مزوّد الدفع غير مهيأ.
payment-earlier-open = لم يُعرف بعد إن كان دفع سابق لهذا الطلب قد فشل.
payment-under-way = هناك دفع جارٍ لهذا الطلب. انتظر نتيجته.

## Accounts

wrong-credentials = لا يطابق عنوان البريد وكلمة المرور أي حساب.
wrong-password = هذه ليست كلمة مرورك.
wrong-sign-up-password = هذه ليست كلمة المرور التي اختيرت مع هذه الرسالة. ابحث عن رسالة أحدث أو سجّل من جديد.
password-not-set = ليس لحسابك كلمة مرور بعد: اطلب رابطًا لتعيينها ثم عد من خلاله.
language-not-spoken = لا يتحدث المتجر هذه اللغة. اللغات المتاحة: { $languages }.
email-taken = لعنوان البريد هذا حساب بالفعل. سجّل الدخول أو استخدم عنوانًا آخر.
session-ended = سجّل الدخول مجددًا: انتهت الجلسة.
nobody-signed-in = لم يسجّل أحد الدخول.
sign-in-account = سجّل الدخول إلى حسابك.
sign-in-orders = سجّل الدخول لعرض طلباتك.
sign-in-notifications = سجّل الدخول لعرض إشعاراتك.
changed-too-often = جرى تغيير هذا مرات كثيرة. راسل المتجر.
addresses-max = يتسع دفتر العناوين لعدد { $count } على الأكثر. احذف عنوانًا أولًا.
password-too-long = الحد الأقصى لكلمة المرور { $most } حرفًا.
password-too-short = الحد الأدنى لكلمة المرور { $least } حرفًا؛ ويكفي { $least-strong } أو أكثر إن كان تخمينها صعبًا.
password-guessed = كلمة المرور هذه من أوائل ما يُخمَّن: اختر عدة كلمات لا علاقة بينها.
password-personal = تتكون كلمة المرور هذه من عنوان بريدك أو اسمك: اختر غيرها.
provider-away = لا يستجيب المزوّد: حاول مجددًا بعد قليل أو سجّل الدخول بطريقة أخرى.
provider-did-not-hold = لم يكن تسجيل الدخول لدى المزوّد صالحًا: ابدأ من جديد.
provider-other-linked = حساب آخر لدى هذا المزوّد يفتح حسابك: سجّل الدخول بطريقة أخرى وأزل الربط أولًا.
provider-not-let-in = لا يمكن الدخول بهذا الحساب. اسأل المتجر.
provider-own-unconfirmed = لم يثبت حسابك أن عنوان البريد لك: عيّن أولًا كلمة مرور جديدة عبر البريد.
provider-unconfirmed = لا يؤكد المزوّد أن عنوان البريد لك: أكّده لديه أو سجّل هنا.
provider-only-key = لا شيء آخر يفتح حسابك: اطلب أولًا رابطًا لكلمة مرور.
sign-in-not-begun = لم يبدأ تسجيل الدخول هذا هنا أو بدأ منذ مدة طويلة: ابدأ من جديد.

## Rights

sign-in-as-staff = سجّل الدخول بصفة موظف.
app-lacks = مفتاح هذا التطبيق لا يسمح بذلك: تنقصه { $permission }.
role-lacks-second-factor = دورك لا يسمح بذلك، أو ليس قبل إعداد عامل تحقق ثانٍ.
role-lacks = دورك لا يسمح بذلك.
beyond-own-rights = هذا أكثر مما يُسمح لك به: تنقصك { $permissions }.

## البيانات المحفوظة وأرقام ضريبة القيمة المضافة

erasure-mails-on-their-way = أُرسلت بالفعل بضع رسائل: ابحث عن إحداها.
erasure-orders-open = هناك طلبات قيد التنفيذ: { $numbers }. اطلب ذلك مجددًا بعد اكتمالها أو إلغائها.
export-files-of-today = توجد بالفعل بضعة ملفات من اليوم: نزّل أحدها.
vat-number-too-long = يتكون رقم ضريبة القيمة المضافة من 14 حرفًا على الأكثر.
vat-number-country = يبدأ رقم ضريبة القيمة المضافة بحرفي إحدى دول الاتحاد الأوروبي (`EL` لليونان و`XI` لأيرلندا الشمالية).
vat-number-mistyped = ليس هذا رقم ضريبة قيمة مضافة من { $country }: يأتي بعد `{ $prefix }` الشكل { $form } (9: رقم، L: حرف، X: أيّ منهما)، والأخيرة تتحقق من سواها. تأكد من كتابته.
vat-number-unconfirmed = صيغة الرقم صحيحة، لكن هذا المتجر لا يستطيع تأكيده: تُحتسب الضريبة.
vat-number-unknown = السجل لا يعرف هذا الرقم: تُحتسب الضريبة. تحقق من كتابته.
vat-register-away = سجل أرقام ضريبة القيمة المضافة لا يستجيب: تُحتسب الضريبة. أدخل الرقم مجددًا بعد قليل.

## شراء للموافقة

cart-awaits-approval = طُلبت موافقة شركتك على هذه السلة: يمكن تغييرها بعد الرد أو سحب الطلب.
approval-needed = ما تشتريه لشركتك يحتاج إلى موافقة مسؤول: اطلبها.
approval-not-needed = هذا لا يحتاج إلى موافقة: يمكنك طلبه.
approval-without-card = ما ينتظر موافقة لا يُدفع ببطاقة تُكتب الآن: اختر طريقة دفع أخرى.
nobody-approves = لا أحد في شركتك يمكنه الموافقة: يرجى مراسلة المتجر.
buys-for-another = من طلب ذلك يشتري الآن لجهة أخرى.
request-decided = تم الرد على هذا الطلب من قبل.
approves-not-ones-own = أنت من طلب هذا: يجب أن يوافق مسؤول آخر.
purchase-order-of-company = رقم الطلب الخاص بالشركة لمن يشتري لشركة.

## ما لا يمكن أن يصير إليه الطلب

order-cannot =
    الطلب { $from ->
        [created] أُنشئ للتو
        [pending] بانتظار الدفع
        [paid] مدفوع
        [unpaid] غير مدفوع
        [confirmed] مؤكد
        [dispatched] مُرسل
        [completed] مكتمل
       *[cancelled] ملغى
    } ولا يمكن { $what ->
        [pay] دفعه مجددًا
        [settle] تسويته
        [confirm] تأكيده
        [dispatch] إرساله
        [complete] إكماله
       *[cancel] إلغاؤه
    }.

## طلبات يعدّها الموظفون

draft-order-over = انتهت صلاحية هذا العرض أو سُحب. يُرجى طلب عرض آخر منا.
draft-order-locked = أعددنا هذا الطلب لك: نحن وحدنا من يمكنه تغيير محتواه وسعره. يُرجى الكتابة إلينا.
