### DRAFT: to be read by a native speaker before it is relied on.

gift-card-day = يجب كتابة يوم إرسال بطاقة الهدية مثل 2027-12-24 وأن يكون خلال سنة.
gift-card-code-form = هذا ليس رمز بطاقة هدية: يتكون من عشرين حرفًا ورقمًا مثل { $example }. تحقق من الكتابة.
gift-card-unknown = لا توجد بطاقة هدية بهذا الرمز، أو لم تعد صالحة.
gift-card-empty = لم يبق شيء في بطاقة الهدية هذه.
gift-card-expired = انتهت صلاحية بطاقة الهدية هذه.
gift-card-currency = بطاقة الهدية هذه بعملة { $card } والسلة بعملة { $cart }.
gift-card-amount-fixed = لا يمكن اختيار مبلغ بطاقة الهدية هذه: مبلغها هو سعرها.
gift-card-amount-currency = لا يمكن اختيار مبلغ بطاقة الهدية هذه إلا بعملة { $currency }.
gift-card-amount-range = اختر مبلغًا بين { $least } و{ $most } بخطوات قدرها { $step }.
gift-cards-max = يمكن دفع السلة بعدد { $count } من بطاقات الهدايا على الأكثر.
gift-card-lower = يمكن دفع { $current } فقط ببطاقة الهدية التي تنتهي بـ { $digits }؛ كان { $seen }.
store-credit-sign-in = سجّل الدخول للدفع من رصيدك.
store-credit-none = ليس لديك رصيد بعملة { $currency }.
store-credit-lower = رصيدك الآن { $current }؛ كان { $seen }.
credit-used-meanwhile = استُخدمت بطاقة هدية أو الرصيد في مكان آخر في هذه الأثناء: انظر إلى السلة مرة أخرى.

## رسالة بطاقة الهدية

mail-gift-card-subject = بطاقة هدية من { $shop } لك
mail-gift-card-heading = بطاقة هدية لك
mail-gift-card-text = حصلت على بطاقة هدية بقيمة { $amount } لدى { $shop }.
mail-gift-card-text-from = { $sender } يهديك بطاقة بقيمة { $amount } لدى { $shop }.
mail-gift-card-code = رمزك
mail-gift-card-how = أدخله عند الدفع. يبقى المتبقي على البطاقة لطلبك القادم.
mail-gift-card-expires = صالحة حتى { $date }.
mail-gift-card-keep = من يملك الرمز يستطيع الدفع به: احفظ هذه الرسالة كما تحفظ المال.
mail-gift-card-action = إلى المتجر
mail-credit-expires-subject = { $amount } لدى { $shop } تنتهي قريبًا
mail-credit-expires-heading = تنتهي قريبًا
mail-credit-expires-card = بقي { $amount } في بطاقة هديتك التي تنتهي بـ { $digits }. هي صالحة حتى { $date }.
mail-credit-expires-own = لديك رصيد قدره { $amount }. هو صالح حتى { $date }.

## رد المال كرصيد

mail-refunded-card-text = أعدنا { $amount } من طلبك { $number } إلى بطاقة الهدية التي تنتهي بـ { $digits }.
mail-refunded-credit-text = أضفنا { $amount } من طلبك { $number } إلى رصيدك.
mail-refunded-credit-next = يمكنك الدفع به في طلبك القادم فورًا.

## في رسائل الطلبات

mail-credit = بطاقات الهدايا ورصيد المتجر
mail-due = المتبقي للدفع
mail-cancelled-credit = ما دُفع ببطاقات الهدايا ورصيد المتجر عاد إليها.
