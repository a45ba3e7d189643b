### DRAFT: to be read by a native speaker before it is relied on.

## The frame of every mail

mail-hello = مرحبًا { $name }،
mail-hello-nobody = مرحبًا،
mail-labelled = { $label }: { $value }
mail-label = { $label }:

## An order

mail-order = الطلب { $number }
mail-see-order = عرض طلبك
mail-follow-parcel = تتبّع شحنتك
mail-what-next = الخطوات التالية
mail-step-received = تم الاستلام
mail-step-confirmed = تم التأكيد
mail-step-dispatched = في الطريق
mail-subtotal = المجموع الفرعي
mail-discount = الخصم
mail-discount-by = الخصم: { $discount }
mail-shipping = الشحن
mail-shipping-free = مجاني
mail-tax = الضريبة
mail-tax-included = { $kind ->
    [sales] منها ضريبة المبيعات { $tax }
    [gst] منها ضريبة السلع والخدمات { $tax }
    [consumption] منها ضريبة الاستهلاك { $tax }
   *[vat] منها ضريبة القيمة المضافة { $tax }
}
mail-total = الإجمالي
mail-each = { $price } للقطعة، والمجموع { $total }
mail-gift-message = هدية مع هذه الكلمات
mail-pick-up-at = مكان الاستلام
mail-opening-hours = ساعات العمل: { $hours }
mail-shipping-to = الشحن إلى
mail-shipping-by = طريقة الشحن
mail-backorder = بانتظار التوفّر: { $units } من { $quantity }
mail-backorder-expected = بانتظار التوفّر: { $units } من { $quantity }، ومن المتوقع في { $date }
mail-pre-order = طلب مسبق: { $units } من { $quantity }
mail-pre-order-expected = طلب مسبق: { $units } من { $quantity }، ومن المتوقع في { $date }
mail-why-order = تصلك هذه الرسالة لأن طلبًا قُدّم لدى { $shop } بعنوان البريد هذا.
mail-keep-link = رابطها يفتح طلبك من دون كلمة مرور: يُرجى عدم مشاركة هذه الرسالة مع أحد.

## Files that were bought

mail-downloads = تنزيلاتك
mail-download-often = { $count ->
    [1] مرة واحدة
    [two] مرتان
    [few] { $count } مرات
    [many] { $count } مرة
   *[other] { $count } مرة
}
mail-download-until = حتى { $moment }
mail-download-often-until = { $count ->
    [1] مرة واحدة، حتى { $moment }
    [two] مرتان، حتى { $moment }
    [few] { $count } مرات، حتى { $moment }
    [many] { $count } مرة، حتى { $moment }
   *[other] { $count } مرة، حتى { $moment }
}

## The order is received

mail-received-subject = استلمنا طلبك { $number }
mail-received-heading = شكرًا على طلبك
mail-received-preview = حجزنا لك المنتجات، ونتحقق الآن من الدفع.
mail-received-text = استلمنا طلبك { $number } وحجزنا لك المنتجات، ونتحقق الآن من الدفع.
mail-received-next = فور تسوية الدفع، وعادةً خلال دقائق، نؤكد طلبك عبر البريد الإلكتروني. وإذا طلب مصرفك تأكيدًا، فالرابط إلى طلبك يوصلك إليه.

## The order is confirmed

mail-confirmed-subject = تم تأكيد طلبك { $number }
mail-confirmed-heading = تم تأكيد طلبك
mail-confirmed-text = تم تأكيد طلبك { $number }: كل ما اخترته أصبح لك.
mail-confirmed-text-packed = تم تأكيد طلبك { $number }: كل ما اخترته أصبح لك، ونحن نجهّزه الآن.
mail-confirmed-text-waiting = تم تأكيد طلبك { $number }. لم يصلنا كل شيء بعد: ترى أدناه ما ينقص وموعده المتوقع. سنرسل كل شيء معًا حالما يصل.
mail-confirmed-next = سنراسلك مجددًا عند خروج الشحنة لتتمكن من تتبّعها. وحتى ذلك الحين يمكنك إلغاؤه من صفحة طلبك.
mail-confirmed-next-pick-up = سنراسلك مجددًا عندما يصبح طلبك جاهزًا للاستلام. وحتى ذلك الحين يمكنك إلغاؤه من صفحة طلبك.

## The goods are on their way

mail-dispatched-subject = طلبك { $number } في الطريق
mail-dispatched-subject-pick-up = طلبك { $number } جاهز للاستلام
mail-dispatched-subject-part = جزء من طلبك { $number } في الطريق
mail-dispatched-subject-part-pick-up = جزء من طلبك { $number } جاهز للاستلام
mail-dispatched-heading = طلبك في الطريق
mail-dispatched-heading-pick-up = طلبك جاهز للاستلام
mail-dispatched-heading-part = جزء من طلبك في الطريق
mail-dispatched-heading-part-pick-up = جزء من طلبك جاهز للاستلام
mail-dispatched-text = خرج طلبك { $number } من عندنا.
mail-dispatched-text-carrier = خرج طلبك { $number } من عندنا مع { $carrier }.
mail-dispatched-text-pick-up = طلبك { $number } بانتظارك.
mail-dispatched-part = خرج جزء من طلبك { $number } من عندنا.
mail-dispatched-part-carrier = خرج جزء من طلبك { $number } من عندنا مع { $carrier }.
mail-dispatched-part-pick-up = جزء من طلبك { $number } بانتظارك.
mail-tracking-number = رقم التتبّع
mail-in-parcel = في هذه الشحنة
mail-dispatched-last = غادرنا الجزء الأخير من طلبك { $number }.
mail-dispatched-last-carrier = غادرنا الجزء الأخير من طلبك { $number } مع { $carrier }.
mail-dispatched-last-pick-up = بقية طلبك { $number } في انتظارك.
mail-still-to-come = ما لم يصل بعد
mail-dispatched-next = من المتوقع أن تصلك الشحنة خلال مدة طريقة الشحن التي اخترتها.
mail-dispatched-next-tracked = قد يمر يوم قبل أن تعرض شركة الشحن أول محطة للشحنة.
mail-dispatched-next-part = يصل الباقي في شحنة أخرى، وسنراسلك عند خروجها.
mail-dispatched-next-pick-up = يُرجى إحضار رقم طلبك.
mail-dispatched-next-part-pick-up = يُرجى إحضار رقم طلبك. وسنراسلك مجددًا عندما يجهز الباقي.

## The order is cancelled

mail-cancelled-subject = تم إلغاء طلبك { $number }
mail-cancelled-heading = تم إلغاء طلبك
mail-cancelled-text = تم إلغاء طلبك { $number } ولن يُرسل.
mail-cancelled-reason = السبب المذكور: { $reason }
mail-cancelled-not-charged = لم يُخصم منك أي مبلغ.
mail-cancelled-payment-unknown = لا نعرف بعد إن كان دفعك قد تم. إن تم، فسنعيد المبلغ من تلقاء أنفسنا ونراسلك.
mail-cancelled-held = لم يُخصم منك أي مبلغ. وإذا أظهر مصرفك مبلغًا محجوزًا، فسيحرّره من تلقاء نفسه، عادةً خلال أيام قليلة.
mail-cancelled-paid = كنت قد دفعت { $amount }: نعيد المبلغ إلى وسيلة الدفع التي استخدمتها، ونراسلك حين يتم ذلك.

## Money is paid back

mail-refunded-subject = أعدنا إليك مبلغ طلبك { $number }
mail-refunded-heading = أعدنا إليك المبلغ
mail-refunded-preview = { $amount } في الطريق إلى حسابك.
mail-refunded-text = أعدنا { $amount } إلى وسيلة الدفع التي استخدمتها لطلبك { $number }.
mail-refunded-text-whole = أعدنا { $amount } إلى وسيلة الدفع التي استخدمتها لطلبك { $number }. وبذلك عاد إليك كل ما دفعته.
mail-refunded-reason = السبب: { $reason }
mail-refunded-fee = اقتُطع { $amount } رسومًا مما دفعته ثمنًا لما أعدته.
mail-refunded-next = يُظهر مصرفك المبلغ خلال خمسة إلى عشرة أيام، بحسب طريقته في القيد.

## مبلغ مستحق على شركة تأخر سداده

mail-overdue-subject = تأخر سداد الطلب { $number }
mail-overdue-heading = تأخر سداد مبلغ مستحق
mail-overdue-text = مبلغ { $amount } عن الطلب { $number } الذي اشترته { $company } على الحساب استحق في { $due }. يرجى سداده قريبًا.
mail-overdue-paid = إذا كنت قد سددت المبلغ فلا حاجة إلى أي إجراء.
mail-overdue-again-subject = تذكير ثانٍ: دفع الطلب { $number } متأخر
mail-overdue-again-heading = ما زال الدفع متأخرًا
mail-overdue-again-text = كان { $amount } للطلب { $number }، الذي اشترته { $company } على الحساب، مستحقًا في { $due }، وقد ذكّرناكم من قبل. يرجى الدفع الآن أو مراسلتنا.

## متى يُدفع الطلب، تحت مجموعه

mail-account-due = يُدفع على الحساب حتى { $due }
mail-account-overdue = يُدفع على الحساب: متأخر منذ { $due }
mail-account-paid = دُفع على الحساب
mail-account-credited = لم يبقَ شيء يُدفع على الحساب
mail-purchase-order = رقم طلبكم

## شراء للموافقة

mail-request-subject = يطلب { $buyer } موافقتك على شراء لـ { $company }
mail-request-heading = شراء ينتظر موافقتك
mail-request-text = يريد { $buyer } الشراء بمبلغ { $amount } لـ { $company } ويحتاج إلى موافقتك.
mail-request-approved-subject = تمت الموافقة على شرائك: الطلب { $number }
mail-request-approved-heading = تمت الموافقة على شرائك
mail-request-approved-text = تمت الموافقة على شرائك بمبلغ { $amount } لـ { $company }: إنه الطلب { $number }.
mail-request-refused-subject = لم تتم الموافقة على شرائك لـ { $company }
mail-request-refused-heading = لم تتم الموافقة على شرائك
mail-request-refused-text = لم تتم الموافقة على شرائك بمبلغ { $amount } لـ { $company }. يمكنك تغيير سلتك والطلب من جديد.
mail-request-see = عرض الطلب

## The link to an order, for whoever asked for it

mail-order-link-subject = رابط طلبك { $number }
mail-order-link-heading = طلبك
mail-order-link-text = طلبتَ أنت، أو شخص يعرف عنوان بريدك، رابط طلبك { $number }. يفتح الرابط الطلب دون تسجيل الدخول: فلا تعطه لأحد.
mail-order-link-other = إن لم تكن أنت من طلبه فلا حاجة إلى أي إجراء.
mail-imported-subject = طلبك { $number }
mail-imported-text = طلبتَ أنت، أو شخص يعرف عنوان بريدك، الاطلاع على طلبك { $number } بتاريخ { $time }. وقد أُجري في متجرنا السابق؛ وهذا ما لدينا منه.
mail-imported-total = المجموع: { $amount }

## The payment failed

mail-payment-failed-subject = لم يتم دفع طلبك { $number }
mail-payment-failed-heading = لم يتم الدفع
mail-payment-failed-text = لم يُخصم منك أي مبلغ، وطلبك { $number } ما زال قائمًا.
mail-payment-failed-action = الدفع مجددًا
mail-held-until = نحجز لك المنتجات حتى { $moment }.
mail-payment-next = حالما يتم الدفع نؤكد طلبك عبر البريد الإلكتروني.
mail-payment-next-held = حالما يتم الدفع نؤكد طلبك عبر البريد الإلكتروني. وإذا لم يتم خلال مدة حجز المنتجات، يُلغى الطلب ولا يكلّفك شيئًا.

## How to pay

mail-instructions-subject = كيف تدفع ثمن طلبك { $number }
mail-instructions-heading = كيفية الدفع
mail-instructions-preview = حجزنا لك المنتجات حتى يصل دفعك.
mail-instructions-text = حجزنا لك المنتجات. وهذه طريقة دفع ثمن طلبك { $number }:
mail-instructions-next = حالما يصل دفعك نؤكد طلبك عبر البريد الإلكتروني.
mail-instructions-next-held = حالما يصل دفعك نؤكد طلبك عبر البريد الإلكتروني. وإذا لم يصل خلال مدة حجز المنتجات، يُلغى الطلب ولا يكلّفك شيئًا.

## Downloads anew

mail-downloads-subject = تنزيلات طلبك { $number }
mail-downloads-text = تنزيلات طلبك { $number } جاهزة لك.

## Back in stock

mail-back-subject = عاد { $title } إلى المخزون
mail-back-heading = متوفر من جديد
mail-back-text = طلبت أن نخبرك: أصبح { $title } متوفرًا من جديد لدى { $shop }. لا نحجز لك شيئًا، فالأولوية لمن يسبق.
mail-back-action = عرض المنتج
mail-back-why = تصلك هذه الرسالة مرة واحدة لأن شخصًا، هو أنت على الأرجح، طلبها بعنوان البريد هذا.
mail-back-stop = إيقاف كل الرسائل عمّا ينتظره هذا العنوان

## To the shop itself: little is left

mail-low-subject = مخزون منخفض: { $title } ({ $sku })
mail-low-heading = بقي القليل
mail-low-text = مخزون { $title } ({ $sku }) يوشك على النفاد.
mail-low-place = { $place }: المتوفر { $count }
mail-low-why = طلبت التنبيه عند { $threshold } أو أقل. لن يصلك تنبيه آخر إلا بعد أن يزيد المخزون.
mail-webhook-disabled-subject = أوقفت خطافات الويب: { $endpoint }
mail-webhook-disabled-heading = أوقفت خطافات الويب
mail-webhook-disabled-failing = لم يقبل { $endpoint } أي حدث منذ أيام، فلم يعد يُرسل إليه شيء.
mail-webhook-disabled-gone = أفاد { $endpoint } بأنه لم يعد موجودًا، فلم يعد يُرسل إليه شيء.
mail-webhook-disabled-next = ما فاته محفوظ لبعض الوقت: أصلح السبب، ثم أعد تشغيله واطلب إرساله مجددًا.
mail-webhook-disabled-see = عرض ما أُرسل

## طلب أعدّه الموظفون وينتظر الدفع

mail-draft-subject = طلبك { $number } من { $shop } جاهز للدفع
mail-draft-heading = طلبك جاهز للدفع
mail-draft-text = أعددنا طلبك { $number }. المبلغ المطلوب: { $amount }.
mail-draft-text-shipping = أعددنا طلبك { $number }. المبلغ المطلوب: { $amount }، ويُضاف إليه الشحن الذي تختاره.
mail-draft-line = { $quantity } × { $title }: { $amount }
mail-draft-until = يمكنك دفعه حتى { $time }.
mail-draft-pay = عرض الطلب والدفع
draft-order-discount = خصم
