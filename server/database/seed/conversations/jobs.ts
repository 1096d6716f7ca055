// The demo conversation in the room "Jobs". Fictional; facts as in the sources named inside. Imported by the seed only.
import { transcript } from './transcript.ts';

export const JOBS = transcript(`
== 13
09:12 katrin: Guten Morgen und willkommen! Hier könnt ihr alles rund um Arbeit, Ausbildung und Anerkennung fragen, jede in ihrer Sprache. Die Mentorinnen antworten, wenn sie eine freie Stunde haben. Ein Pseudonym ist völlig in Ordnung.
12:40 nour: مرحبًا، عندي شهادة تمريض من بلدي وخبرة ست سنوات في المستشفى. كيف أبدأ بالاعتراف بشهادتي هنا؟
18:55 hiba: أهلًا نور! أنا أيضًا ممرضة ومررت بهذا الطريق. الاعتراف اسمه بالألمانية Anerkennung. سؤال أولًا: هل درستِ في معهد أم في جامعة؟
19:20 nour: في معهد، ثلاث سنوات.
19:31 hiba: التمريض في ألمانيا مهنة «منظَّمة» (reglementiert)، أي أنكِ تحتاجين إلى الاعتراف. ابحثي عن مهنتكِ في الموقع الرسمي anerkennung-in-deutschland.de، وسترين أي دائرة مسؤولة وما الأوراق التي تريدها (المصدر: anerkennung-in-deutschland.de، تم التحقق 08/2026).
19:40 nour: وكم يستغرق القرار؟
19:52 hiba: نحو ثلاثة أشهر بعد أن تكتمل الأوراق (anerkennung-in-deutschland.de، تم التحقق 08/2026). الكلمة المهمة هي «تكتمل»: جمع الأوراق وترجمتها أخذ مني أطول وقت.
20:03 nour: شكرًا كثيرًا، الآن أعرف من أين أبدأ 🌷
== 12
08:20 halyna: Доброго ранку! Я бухгалтерка. Чи мушу я проходити Anerkennung, щоб працювати за фахом?
13:05 oksana: Доброго дня, Галино! Є професії регламентовані (наприклад, медсестра, лікарка, вчителька) і нерегламентовані. До яких належить твоя, показує офіційний пошук anerkennung-in-deutschland.de (перевірено 08/2026).
13:09 oksana: Для регламентованих без визнання не обійтися, для інших воно може допомогти з пошуком роботи. А яка в тебе зараз німецька?
13:30 halyna: B1, курс щойно закінчила. А чи є хтось, з ким можна поговорити наживо?
13:41 oksana: Так. У Саксонії є IBAS (Informations- und Beratungsstelle Anerkennung Sachsen), а в Хемніці ще Fachinformationszentrum Zuwanderung і Welcome Center Chemnitz. Години прийому краще подивитися на їхніх сторінках.
13:44 halyna: Дуже дякую, запишуся!
== 11
19:02 olga: Здравствуйте. Я учительница математики. Слышала, что с дипломом учителя здесь всё сложно, это правда?
20:15 oksana: Здравствуйте, Ольга, я тоже учительница :) Да, учителя и воспитатели подчиняются праву федеральной земли, и это самый трудный случай (anerkennung-in-deutschland.de, проверено 08/2026). Начните с консультации в IBAS, они знают порядок в Саксонии.
20:22 olga: А пока идёт проверка, можно работать в школе хоть кем-нибудь?
20:34 oksana: Бывает по-разному, обещать ничего не могу. Спросите об этом в IBAS прямо на первой встрече. Мне в своё время очень помогло, что я пришла уже с переводом диплома.
20:36 olga: Спасибо, так и сделаю.
== 10
10:10 elif: Merhaba, CV'ye fotoğraf koymak şart mı? Ben istemiyorum.
12:25 dilan: Merhaba Elif! Ben kendi başvurularımı fotoğrafsız gönderdim, kimse sormadı. İlanda özellikle bir şey yazıyor mu?
12:31 elif: Hayır, sadece „vollständige Unterlagen“ yazıyor.
12:40 dilan: „Vollständige Unterlagen“ bütün belgeler demek: özgeçmiş (Lebenslauf), kısa bir mektup (Anschreiben) ve diplomalar. Emin değilsen firmaya kısa bir mesajla sorabilirsin, bu çok normal.
12:42 elif: Çok teşekkürler, içim rahatladı 🙏
== 8
17:30 zohra: سلام. من از Jobcenter پول می‌گیرم. اگر Minijob پیدا کنم، چقدر از پول خودم می‌ماند؟
18:48 parwin: سلام زهره جان. مبلغ را اینجا نمی‌نویسم، چون تغییر می‌کند و برای هر خانواده فرق دارد. Jobcenter آن را حساب می‌کند. کار را شروع کرده‌ای یا هنوز نه؟
18:55 zohra: هنوز نه، هفتهٔ آینده شروع می‌شود.
19:06 parwin: پس پیش از شروع به Jobcenter نوشته خبر بده و بپرس: چقدر حساب می‌شود؟ جواب را هم نوشته بخواه. اگر جوابشان را نفهمیدی، Migrationsberatung (مشورهٔ رایگان و محرم برای ۲۷ سال و بالاتر) کمک می‌کند. مرکزها در bamf-navi.bamf.de است (بررسی ۰۸/۲۰۲۶).
19:10 zohra: تشکر، خیلی واضح شد.
== 7
11:15 blessing: Hello everyone! I would like to become a care assistant. Is B1 enough, or do I need B2?
16:40 amal: Hi Blessing! There is no single answer that I could promise you: schools and employers decide differently. Do you already have a B1 certificate on paper?
16:52 blessing: Yes, since spring.
17:01 amal: Then show it and ask two or three schools directly: „Reicht B1 für den Anfang?“ means “Is B1 enough to begin?” If they say B2, ask whether you can learn it next to the training.
17:20 renate: And for the first talk the Welcome Center Chemnitz is a good door. You can go there with half a plan too.
17:24 blessing: Thank you both, I will ask this week 😊
== 6
07:18 iryna: Доброго ранку, терміново! Дитина захворіла, а я на випробувальному терміні (Probezeit). Що мені зараз зробити?
07:41 oksana: Іринко, спокійно. Зателефонуй на роботу ще до початку зміни й скажи: „Mein Kind ist krank, ich kann heute nicht kommen.“ А в дитячого лікаря попроси довідку для роботодавця.
07:44 iryna: Зателефонувала, начальниця сказала „gute Besserung“. Я дуже боялася.
12:10 oksana: „Gute Besserung“ — це побажання одужання, добрий знак :) Якщо раптом виникнуть труднощі з роботою, звернись до Migrationsberatung. Що можна зробити саме у твоїй справі, скажуть там.
12:30 iryna: Dyakuyu! Pyshu z telefonu dytyny, tut nemaye nashoyi klaviatury :)
== 5
21:05 huda: مساء الخير. اشتغلت شهرًا في تنظيف المكاتب ولم أستلم راتبي. صاحب العمل لا يرد. ماذا أفعل؟
21:30 amal: مساء النور هدى، هذا متعب جدًا. هل عندكِ عقد مكتوب (Arbeitsvertrag) أو رسائل منه؟
21:34 huda: عقد لا، لكن عندي رسائل فيها مواعيد الدوام.
21:46 amal: جيد، لا تحذفيها. اكتبي لنفسكِ جدولًا: أي يوم، من أي ساعة إلى أي ساعة، ومن كان معكِ. ماذا يمكنكِ أن تطلبي قانونيًا، هذا جوابه عند مركز الاستشارات وليس عندنا: Migrationsberatung لمن عمرها 27 وأكثر، وJugendmigrationsdienst لمن هي أصغر. مجانًا وبسرية (bamf-navi.bamf.de، تم التحقق 08/2026).
== 4
18:20 marina: Добрый вечер. У меня двое детей. Бывает ли Ausbildung на неполный день?
19:15 oksana: Добрый вечер, Марина! Да, это называется Teilzeitausbildung: обучение профессии с меньшим числом часов в неделю. Об условиях договариваются с предприятием. А какая профессия вам интересна?
19:22 marina: Что-нибудь в бюро, я хорошо знаю Excel.
19:40 oksana: Тогда посмотрите ещё программы для женщин: MY TURN и курсы MiA. В Welcome Center Chemnitz подскажут, что из этого сейчас идёт.
== 3
16:10 shirin: سلام، من شیمی خوانده‌ام. آیا برای کار در آزمایشگاه هم Anerkennung لازم است؟
17:25 parwin: سلام شیرین. شغل‌ها دو نوع هستند: reglementiert (مثل پرستار، داکتر، معلم) و nicht reglementiert. در anerkennung-in-deutschland.de شغل خودت را بنویس، نشان می‌دهد کدام است (بررسی ۰۸/۲۰۲۶). آمال خودش شیمیست است، شاید تجربه‌اش را بنویسد.
18:02 amal: Hallo Shirin! Ich habe im Labor mit Englisch und B1 angefangen und Fachwörter jeden Tag gelernt. Schreib gern auf Persisch, Parwin hilft uns beim Übersetzen.
18:15 shirin: خیلی ممنون از هر دو!
== 1
12:05 lena: Kleine Bitte: Eine von uns sollte eine „Gebühr“ für einen Job bezahlen. Eine Arbeitsstelle kostet nie Geld. Wenn euch das jemand schreibt, sagt uns Bescheid.
== now
-190 nour: خبر حلو: جمعت كل الأوراق ما عدا الترجمة. من يترجمها؟ هل يكفي أي مترجم؟
-152 hiba: مبروك! اسألي الدائرة المسؤولة أي ترجمة تقبل. غالبًا يُذكر في قائمة الأوراق: beglaubigte Übersetzung، أي ترجمة يقوم بها مترجم محلَّف.
-21 zirka: Привіт усім! А чи хтось уже був у Welcome Center? Треба записуватися чи можна просто прийти?
-9 oksana: Привіт! Я б спершу написала їм коротко, щоб не чекати даремно. Якою мовою тобі зручно? Допоможу скласти два речення німецькою.
-4 zirka: Українською, будь ласка. Дуже дякую! ☀️
`);
