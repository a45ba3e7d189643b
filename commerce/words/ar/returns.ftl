### ما يقال عن السلع التي تعود.

return-is-requested = ينتظر الإرجاع القبول أو الرفض أولًا.
return-is-approved = قُبل الإرجاع ولم يصل منه شيء بعد.
return-is-received = وصلت سلع من الإرجاع بالفعل.
return-is-inspected = فُحص الإرجاع بالفعل.
return-is-closed = الإرجاع مغلق.
return-is-refused = رُفض الإرجاع.
return-is-cancelled = أُلغي الإرجاع.

return-not-sent = لم يُرسل بعد. ألغِ الطلب بدلًا من ذلك.
return-nothing-left = عاد كله أو رُدّ ثمنه أو هو في طريق العودة.
return-too-late = كان يمكن إرجاعه حتى { $day }.
return-digital = لا يمكن إرجاع التنزيلات وبطاقات الهدايا.
return-exempt-made-to-order = صُنع حسب الطلب ولا يمكن إرجاعه.
return-exempt-perishable = سريع التلف ولا يمكن إرجاعه.
return-exempt-hygiene = لا يمكن إرجاعه بعد فتحه لأسباب صحية.
return-exempt-sealed-media = لا يمكن إرجاعه بعد كسر ختمه.
return-exempt-other = لا يقبل المتجر إرجاعه.
return-only-so-many = { $left ->
    [one] يمكن إرجاع قطعة واحدة فقط من { $title }.
    [two] يمكن إرجاع قطعتين فقط من { $title }.
    [few] يمكن إرجاع { $left } قطع فقط من { $title }.
    [many] يمكن إرجاع { $left } قطعة فقط من { $title }.
   *[other] يمكن إرجاع { $left } قطعة فقط من { $title }.
}
return-lines-range = للإرجاع من 1 إلى { $count } من البنود.
return-pictures-max = للإرجاع { $count } صور على الأكثر.
return-too-many = للطلب { $count } من الإرجاعات على الأكثر. راسل المتجر.
return-credit-of-guest = رصيد المتجر لأصحاب الحسابات فقط: اختر استرداد المال أو الاستبدال.

timeline-return-requested = طلبت إرجاع سلع.
timeline-return-approved = قُبل إرجاعك وأخبرناك بكيفية إرساله.
timeline-return-refused = رُفض إرجاعك.
timeline-return-cancelled = أُلغي إرجاعك.
timeline-return-received = وصلت السلع التي أرجعتها.
timeline-return-closed = اكتمل إرجاعك.
timeline-exchanged = ما دفعته ثمنًا للسلع العائدة يدفع ثمن ما نرسله بدلًا منها.
timeline-refunded-first = ما دفعته ثمنًا للسلع العائدة يعود إلى وسيلة الدفع التي دفعته بها.
timeline-owed-less = أصبح المبلغ المطلوب لطلبك أقل.
timeline-claim-resent = نرسل سلعًا من طلبك مرة أخرى.
timeline-claim-settled = سوّينا مطالبتك.

mail-return-goods = ما يعود
mail-return-came = ما وصل
mail-return-address = أرسله إلى
mail-return-number = الإرجاع { $number }
mail-return-label = ملصق طردك
mail-return-requested-subject = وصلنا طلبك للإرجاع { $number }
mail-return-requested-heading = وصلنا طلبك
mail-return-requested-text = طلبت إرجاع سلع من طلبك { $number }.
mail-return-requested-next = ننظر في طلبك ونكتب إليك. لا ترسل شيئًا قبل ذلك.
mail-return-approved-subject = قُبل إرجاعك { $number }
mail-return-approved-heading = قُبل إرجاعك
mail-return-approved-text = يمكنك إرجاع هذه السلع من طلبك { $number }.
mail-return-approved-next = اكتب رقم الإرجاع على الطرد. نكتب إليك حالما يصل.
mail-return-refused-subject = رُفض إرجاعك { $number }
mail-return-refused-heading = لا يمكننا قبول إرجاع السلع
mail-return-refused-text = نظرنا في طلبك بشأن الطلب { $number } ولا يمكننا قبوله.
mail-return-received-subject = وصل إرجاعك { $number }
mail-return-received-heading = وصل إرجاعك
mail-return-received-text = وصلت سلع أرجعتها من طلبك { $number }.
mail-return-received-next = نفحص السلع ثم نكتب إليك بشأن مالك.
mail-exchanged-subject = نستبدل سلعًا من طلبك { $number }
mail-exchanged-heading = استبدالك
mail-exchanged-text = ما دفعته ثمنًا لسلع من طلبك { $number }، وهو { $amount }، يدفع الطلب الذي نرسل إليك به غيرها.
mail-exchange-until = يجب الدفع حتى { $day }. بعد ذلك نلغي الاستبدال ويعود إليك مالك.
mail-refunded-first-text = يعود { $amount } من طلبك { $number } إلى وسيلة الدفع التي دفعت بها الطلب الأول، وستصلك رسالة عنه.
mail-owed-less-subject = أصبح المبلغ المطلوب لطلبك { $number } أقل
mail-owed-less-heading = أصبح المبلغ المطلوب أقل
mail-owed-less-text = خصمنا { $amount } مما بقي عليك دفعه من طلبك { $number }.
mail-cancelled-exchange = ما دُفع ثمنًا للسلع العائدة يعود إلى وسيلة الدفع التي دفعته بها. ستصلك رسالة عن ذلك الطلب.
mail-exchanged-next = نكتب إليك عن ذلك الطلب على حدة، حتى إن بقي شيء للدفع.
mail-resent-subject = نرسل سلعًا من طلبك { $first } مرة أخرى: { $number }
mail-resent-heading = نرسلها مرة أخرى
mail-resent-text = نرسل إليك سلعًا من طلبك { $first } مرة أخرى مجانًا، وتصلك بالطلب { $number }.
mail-exchanging-subject = استبدال طلبك { $first }: { $number }
mail-exchanging-text = نرسل إليك سلعًا أخرى بدلًا من سلع طلبك { $first }، وتصلك بالطلب { $number }.

notice-return-approved = يمكنك إرجاع سلع من طلبك { $number }: انظر كيف.
notice-return-refused = لا يمكننا قبول إرجاع سلع من طلبك { $number }.
notice-return-received = وصلت سلع أرجعتها من طلبك { $number }.
