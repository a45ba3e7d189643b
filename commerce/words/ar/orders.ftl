### DRAFT: to be read by a native speaker before it is relied on.

## The timeline

timeline-created = استلمنا طلبك.
timeline-created-from-draft = استلمنا طلبك كما عُرض في { $number }.
timeline-payment-pending = دفعك قيد المعالجة.
timeline-action-required = يطلب منك مصرفك تأكيد الدفع.
timeline-instructions = أخبرناك كيف تدفع.
timeline-payment-authorized = تمت الموافقة على دفعك.
timeline-payment-promised = تدفع عند وصول المنتجات.
timeline-payment-on-account = تدفع على الحساب حتى اليوم الذي تحدده شروط شركتك.
timeline-payment-arrived = وصل دفعك.
timeline-payment-captured = تم تحصيل دفعك.
timeline-payment-voided = تم تحرير المبلغ الذي كان محجوزًا لطلبك.
timeline-payment-failed = لم يتم دفعك. يمكنك المحاولة مجددًا.
timeline-confirmed = تم تأكيد طلبك.
timeline-confirmed-packed = تم تأكيد طلبك وسيجري تجهيزه.
timeline-dispatched = طلبك في الطريق.
timeline-dispatched-carrier = طلبك في الطريق مع { $carrier }.
timeline-dispatched-pick-up = طلبك جاهز للاستلام.
timeline-parcel-packed = طرد من طلبك جاهز.
timeline-parcel-dispatched = جزء من طلبك في الطريق.
timeline-parcel-dispatched-carrier = جزء من طلبك في الطريق مع { $carrier }.
timeline-parcel-dispatched-pick-up = جزء من طلبك جاهز للاستلام.
timeline-parcel-in-transit = طرد من طلبك قيد النقل.
timeline-parcel-out-for-delivery = طرد من طلبك خرج للتسليم.
timeline-parcel-delivered = وصل طرد من طلبك.
timeline-parcel-delivery-failed = تعذّر تسليم طرد من طلبك. ستخبرك شركة الشحن بالخطوة التالية.
timeline-parcel-returned = عاد طرد من طلبك إلينا.
timeline-parcel-updated = تغيّرت طريقة تتبّع طرد من طلبك.
timeline-parcel-cancelled = أُلغي طرد قبل مغادرته.
timeline-completed = اكتمل طلبك.
timeline-cancelled = تم إلغاء طلبك.
timeline-cancelled-reason = تم إلغاء طلبك: { $reason }
timeline-refund-requested = { $amount } في طريق العودة إليك.
timeline-refund-requested-reason = { $amount } في طريق العودة إليك: { $reason }
timeline-refund-requested-all = مالك في طريق العودة إليك.
timeline-refunded = أُعيد إليك { $amount }.
timeline-refunded-reason = أُعيد إليك { $amount }: { $reason }
timeline-refunded-all = أُعيد إليك مالك.
timeline-contact-updated = تم تصحيح بيانات الاتصال بك.
timeline-address-updated = تم تصحيح العنوان الذي يُرسل إليه طلبك.
timeline-downloads-renewed = تم تجديد تنزيلاتك.

## Why an order was cancelled, at the end of a sentence

cancelled-not-paid = لم يُدفع في الوقت المحدد.
cancelled-sold-out = نفدت المنتجات قبل وصول دفعك، ويُعاد إليك مالك.

## Messages in the shop

notice-action-required = يُرجى تأكيد دفع طلبك { $number }.
notice-instructions = هذه طريقة دفع ثمن طلبك { $number }.
notice-payment-failed = لم يتم دفع طلبك { $number }.
notice-confirmed = تم تأكيد طلبك { $number }.
notice-dispatched = طلبك { $number } في الطريق.
notice-parcel-dispatched = جزء من طلبك { $number } في الطريق.
notice-parcel-delivered = وصل طرد من طلبك { $number }.
notice-parcel-delivery-failed = تعذّر تسليم طرد من طلبك { $number }.
notice-completed = اكتمل طلبك { $number }.
notice-cancelled = تم إلغاء طلبك { $number }.
notice-refunded = أعدنا إليك مبلغ طلبك { $number }.
notice-owed-less = أصبح المبلغ المطلوب لطلبك { $number } أقل.
notice-exchanged = ما دفعته ثمنًا لسلع من طلبك { $number } يدفع ثمن ما نرسله بدلًا منها.

## Why a payment was declined

declined = رُفض الدفع. يُرجى استخدام وسيلة دفع أخرى أو سؤال مصرفك.
declined-funds = لا يوجد رصيد كافٍ في هذا الحساب. يُرجى استخدام وسيلة دفع أخرى.
declined-expired = انتهت صلاحية هذه البطاقة. يُرجى استخدام بطاقة أخرى.
declined-saved-gone = لم تعد هذه البطاقة محفوظة ولم يُخصم منها شيء. يُرجى إدخال بطاقتك من جديد أو استخدام وسيلة دفع أخرى.
declined-details = بيانات البطاقة غير صحيحة. يُرجى مراجعتها والمحاولة مجددًا.
declined-unconfirmed = لم يتم تأكيد الدفع. يُرجى المحاولة مجددًا وتأكيده لدى مصرفك.
declined-unsupported = لا يمكن استخدام البطاقة لهذه المشتريات. يُرجى استخدام وسيلة دفع أخرى.
declined-limit = بلغت البطاقة حدّها. يُرجى استخدام بطاقة أخرى أو سؤال مصرفك.
declined-voided = أُوقف الدفع قبل اكتماله. يُرجى المحاولة مجددًا.
declined-processing = تعذّرت معالجة الدفع. يُرجى المحاولة مجددًا.

## What stands in the way of a payment

payment-action-required = الدفع بانتظارك: هناك خطوة أخرى مطلوبة.
payment-pending = الدفع قيد المعالجة.
payment-provider-unavailable = تأخر الدفع: لا يستجيب مزوّد الدفع حاليًا. لا يلزمك فعل شيء.
payment-config-missing = لا يمكن تحصيل الدفع حاليًا. أُبلغ المتجر بذلك، ولا يلزمك الدفع مجددًا.
payment-voided = أُوقف الدفع ولم يُؤخذ أي مبلغ.

## Why there is no tax, as an invoice says it

tax-exempt = معفى من الضريبة.
tax-reverse-charge = احتساب عكسي: الضريبة على العميل.
tax-export = تصدير: لا تُستحق أي من ضرائبنا.
