### ما يقال عن العدول عن العقد. مسودة.

withdrawal-statement-whole = أنا، { $name }، أعدل عن عقدي بشأن سلع الطلب { $order }.
withdrawal-statement-part = أنا، { $name }، أعدل عن عقدي بشأن هذه السلع من الطلب { $order }:
withdrawal-statement-line = { $quantity } × { $title }
withdrawal-statement-email = يرجى تأكيد الاستلام إلى { $email }.

withdrawal-name = يرجى ذكر اسمك.
withdrawal-no-lines = اختر السلع التي تعدل عنها، أو اعدل عن الطلب كله.
withdrawal-only-so-many = { $count ->
    [one] طُلبت قطعة واحدة فقط من { $title }.
    [two] طُلبت قطعتان فقط من { $title }.
    [few] طُلبت { $count } قطع فقط من { $title }.
    [many] طُلبت { $count } قطعة فقط من { $title }.
   *[other] طُلبت { $count } قطعة فقط من { $title }.
}
withdrawal-lines-of-unopened = لاختيار البنود افتح الطلب أولا، أو اذكر السلع بكلماتك.
withdrawal-too-often = تكرر ذلك كثيرا لهذا العنوان. حاول بعد ساعة أو اكتب إلى المتجر.
withdrawal-is-decided = سبق البت في العدول.
withdrawal-needs-order = حدد أولا الطلب المقصود.
withdrawal-has-order = العدول يخص طلبا آخر.

withdrawal-return-note = من العدول { $number }.
cancelled-withdrawn = عدلت عن العقد؛ سيُرد مالك.
timeline-withdrawal-received = استلمنا عدولك عن العقد.
timeline-withdrawal-accepted = قُبل عدولك.
timeline-withdrawal-refused = تعذر قبول عدولك.

mail-withdrawal-number = الرقم
mail-withdrawal-at = استُلم في { $moment }
mail-withdrawal-statement = بيانك
mail-withdrawal-staff-statement = البيان
mail-withdrawal-see = عرض العدول
mail-withdrawal-received-subject = استلمنا عدولك عن الطلب { $order } ({ $number })
mail-withdrawal-received-heading = استلمنا عدولك
mail-withdrawal-received-text = نؤكد استلام عدولك عن الطلب { $order }. يرجى الاحتفاظ بهذه الرسالة.
mail-withdrawal-received-next = سنكتب إليك عن الخطوات التالية: أين ترسل ما لديك من سلع، ومتى يُرد مالك.
mail-withdrawal-accepted-subject = قُبل عدولك عن الطلب { $order } ({ $number })
mail-withdrawal-accepted-heading = قُبل عدولك
mail-withdrawal-accepted-text = نقبل عدولك عن الطلب { $order }، وسنكتب إليك بشأن مالك.
mail-withdrawal-refused-subject = عدولك عن الطلب { $order } ({ $number })
mail-withdrawal-refused-heading = لا يمكننا قبول عدولك
mail-withdrawal-refused-text = نظرنا في عدولك عن الطلب { $order }، ولا يمكننا قبوله:
mail-withdrawal-staff-subject = عدول عن الطلب { $order } ({ $number })
mail-withdrawal-staff-heading = عميل يعدل عن العقد
mail-withdrawal-staff-done = جاء في المهلة. تعود السلع بإرجاع، أو أُلغي الطلب.
mail-withdrawal-staff-open = جاء في المهلة، وبعضه ينتظرك: سلع مستثناة، أو لم تُرسل بعد، أو موصوفة بالكلمات.
mail-withdrawal-staff-late = جاء بعد المهلة. يرجى اتخاذ القرار.
mail-withdrawal-staff-not-entitled = لا حق في العدول لهذا الطلب: بسبب السوق، أو لأن شركة اشترت. يرجى اتخاذ القرار.
mail-withdrawal-staff-unmatched = لا طلب بهذا الرقم وهذا العنوان. يرجى معرفة الطلب المقصود.
