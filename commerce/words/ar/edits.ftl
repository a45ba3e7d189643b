# طلبات تُعدَّل قبل إرسالها.

timeline-edited = عُدِّل طلبك.
timeline-edited-unpaid = عُدِّل طلبك: يبقى { $amount } للدفع.
timeline-edited-refund = عُدِّل طلبك: يعود إليك { $amount }.
notice-edited = تم تعديل طلبك { $number }.

mail-edited-subject = عُدِّل طلبك { $number }
mail-edited-heading = عُدِّل طلبك
mail-edited-text = طلبك { $number } الآن كما تراه أدناه، وثمنه { $total }.
mail-edited-unpaid = يبقى { $amount } للدفع. نرسل طلبك حالما يُدفع.
mail-edited-refund = يعود إليك { $amount } بالوسيلة التي دفعت بها.
mail-edited-reason = السبب: { $reason }
mail-edited-pay = ادفع { $amount }
mail-edited-next = إن لم تكن تتوقع ذلك فأجب عن هذه الرسالة.
mail-edited-added = جديد: { $quantity } × { $title }
mail-edited-removed = أُزيل: { $title }
mail-edited-quantity = { $title }: { $quantity } بدلًا من { $before }
mail-edited-price = { $title }: { $price } للوحدة بدلًا من { $before }
mail-edited-shipping = الشحن: { $name }، { $price }
mail-edited-discount = الخصم: { $amount } بدلًا من { $before }
mail-edited-address = يُرسَل إلى عنوان آخر.

edit-discount = خصم
edit-unconfirmed = لم يُؤكَّد الطلب بعد: يمكن تعديله بعد دفعه.
edit-sent = الطلب في الطريق: لا يمكن تعديله بعد الآن.
edit-cancelled = أُلغي الطلب: لا يمكن تعديله بعد الآن.
edit-by-shopper-too-late = انتهى الوقت الذي يمكنك فيه تعديل طلبك بنفسك. راسل المتجر.
edit-quantity-range = اكتب كمية من { $least } إلى { $most }.
edit-nothing = لا شيء مختلف.
edit-nothing-left = لن يبقى شيء من الطلب. ألغِه بدلًا من ذلك.
edit-fewer-only = يمكن تقليل الكمية فقط. أنشئ طلبًا آخر للمزيد.
edit-discount-asks = مُنح { $title } مقابل ما اشتريته ولن يسري بعد الآن. راسل المتجر لإزالة سلع.
edit-price-asks = سعر { $title } مرتبط بالكمية التي اشتريتها. راسل المتجر لتقليلها.
edit-shipping-asks = الشحن مجاني مقابل ما اشتريته ولن يبقى كذلك. راسل المتجر لإزالة سلع.
edit-delivered-at-once = سُلِّم { $title } مع الطلب ولا يمكن تعديله.
edit-line-least = { $least } من { $title } معبأة أو مرسلة أو مردودة: لا يمكن أن تكون أقل.
edit-line-named = سبق إرسال { $title } أو ردّ ثمنه أو إرجاعه أو الانسحاب من شرائه ولا يمكن إزالته.
