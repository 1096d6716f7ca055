// The demo conversation in the room "Bureaucracy". Fictional; facts as in the sources named inside. Imported by the seed only.
import { transcript } from './transcript.ts';

// Two messages are here on purpose: an answer that has grown old (day 11, "Bürgergeld") and one that ought to be reported (day 6).
export const BUREAUCRACY = transcript(`
== 13
09:30 lena: Willkommen in „Ämter und Briefe“! Wir erklären Wörter und Wege. Rechtsberatung für den eigenen Fall gibt die Migrationsberatung (ab 27) oder der Jugendmigrationsdienst (unter 27), kostenlos und vertraulich: bamf-navi.bamf.de (geprüft 08/2026).
09:33 samira: للطوارئ: 110 الشرطة، 112 الإسعاف والإطفاء، و116 016 خط المساعدة للنساء ضد العنف: مجاني ومن دون ذكر الاسم، ليلًا ونهارًا، بـ 18 لغة.
14:05 huda: مرحبًا، ما الفرق بين Bescheid وWiderspruch؟ في رسالتي الكلمتان معًا.
15:20 amal: مرحبًا هدى. Bescheid هو القرار المكتوب من الدائرة. وWiderspruch رسالة منكِ تقولين فيها إنكِ لا توافقين على القرار. وفي آخر الرسالة عادةً فقرة اسمها Rechtsbehelfsbelehrung: تشرح لمن تكتبين وحتى متى. هل ترين هذه الكلمة عندكِ؟
15:40 huda: نعم، في الصفحة الأخيرة! كنت أظن أنها غير مهمة.
15:52 amal: هي أهم فقرة. خذي الرسالة كلها إلى مركز الاستشارات قبل هذا الموعد، هناك يقولون لكِ إن كان الاعتراض مفيدًا في حالتكِ.
15:55 huda: شكرًا، سأذهب هذا الأسبوع.
== 12
10:45 zirka: Мій Aufenthaltstitel (дозвіл на перебування) закінчується за три місяці до мого запису в Ausländerbehörde. Що робити?
12:50 oksana: Привіт! А заяву на продовження (Verlängerung) ти вже подала чи маєш лише запис на прийом?
12:58 zirka: Тільки запис. Думала, заява буде на прийомі.
13:10 oksana: Запитай Ausländerbehörde письмово, чи можна подати заяву вже зараз. І запитай про Fiktionsbescheinigung: це папір на час, поки заяву розглядають. Чи отримаєш його саме ти, вирішує Ausländerbehörde, тому зроби це до дати закінчення.
13:14 oksana: Якщо не відповідають, не чекай: Migrationsberatung допоможе написати ще раз.
13:20 zirka: Зрозуміла, сьогодні ж напишу. Дякую!
== 11
17:10 yasmin: Wie heißt eigentlich das Geld vom Jobcenter richtig? In jedem Brief steht etwas anderes.
18:35 renate: Es heißt Bürgergeld. Der Antrag heißt deshalb „Antrag auf Bürgergeld“, und im Brief steht „Bescheid über Bürgergeld“ (eigene Arbeit im Jobcenter, geprüft 05/2026).
18:40 yasmin: Danke Renate, endlich klar!
== 10
09:05 marina: Здравствуйте! Знакомая хочет на интеграционный курс, а ей отказали. Почему так?
13:15 oksana: Здравствуйте! С февраля 2026 года нет новых допусков по § 44 Abs. 4 AufenthG. Курс по-прежнему возможен, если есть законное право на него или обязанность (открытые источники, проверено 08/2026).
13:18 marina: А как узнать, есть ли у неё право?
13:26 oksana: Это зависит от её документов, поэтому пусть спросит в Migrationsberatung. До 27 лет — в Jugendmigrationsdienst. Есть ещё приложение mbeon, там консультанты отвечают письменно (bamf-navi.bamf.de, проверено 08/2026).
13:30 marina: Спасибо, передам ей.
== 9
16:50 freshta: سلام، در نامهٔ من کلمهٔ Mitwirkungspflicht است. من کار بدی کرده‌ام؟
18:20 parwin: سلام فرشته جان، نه، نترس. Mitwirkungspflicht یعنی تو باید کمک کنی تا اداره بتواند تصمیم بگیرد: کاغذها را بفرستی و به سؤال‌ها جواب بدهی. در نامه چه می‌خواهند؟
18:31 freshta: صورت‌حساب بانک و قرارداد خانه.
18:44 parwin: خوب، پس دو چیز مهم است: کدام کاغذها و تا چه تاریخی. تاریخ (Frist) معمولاً سیاه و درشت نوشته شده است. از همه چیز کاپی بگیر و رسید نگه دار. اگر تا آن روز آماده نمی‌شود، پیش از آن تاریخ نوشته خبر بده.
18:50 freshta: پیدا کردم، هنوز ده روز وقت دارم. خیلی تشکر 🌸
== 8
11:30 elif: Merhaba, başka bir şehirde iş buldum ama Wohnsitzauflage'm var. Taşınabilir miyim?
12:45 dilan: Merhaba! Wohnsitzauflage, belli bir yerde oturma zorunluluğu demek. Taşınmadan önce Ausländerbehörde'ye sormak gerekiyor. İş sözleşmen yazılı mı?
12:52 elif: Evet, dün imzaladım.
13:04 dilan: O zaman sözleşmeyle birlikte danışmaya git: Migrationsberatung ücretsiz ve gizli (bamf-navi.bamf.de, kontrol 08/2026). Senin durumunda ne olacağını onlar söyler, ben hukuki tavsiye veremem. Taşınmak için cevabı beklemek daha güvenli.
13:07 elif: Tamam, önce soracağım. Sağ ol!
== 7
20:10 rima: مساء الخير، طلبوا ترجمة محلَّفة لشهادة ميلاد ابنتي. ما معنى «محلَّفة»؟
20:40 samira: مساء النور. beglaubigte أو beeidigte Übersetzung: يقوم بها مترجم حلف اليمين أمام محكمة ويضع ختمه عليها. اسألي الدائرة أولًا إن كانت عندها شروط معينة، فالترجمة تكلف مالًا.
== 6
13:40 yasmin: Weitergeleitet, vielleicht sucht jemand: „Schönes helles Zimmer, sofort frei, leider keine Besichtigung möglich. Zuerst die Kaution überweisen, dann kommt der Schlüssel mit der Post.“
13:58 elif: Ist das echt? Klingt sehr schön.
15:10 renate: Vorsicht! Ohne Besichtigung und erst bezahlen: So beginnt oft ein Betrug. Überweist nichts, bevor ihr in der Wohnung gestanden und den Vertrag gelesen habt.
15:21 elif: Puh, danke. Ich hätte fast geschrieben.
== 5
10:20 blessing: I got a letter about „Rundfunkbeitrag“. I have no TV. Is it a mistake?
11:05 renate: Hi Blessing! The Rundfunkbeitrag is a fee for public radio and television, so the letter is probably not a mistake. Do you get money from the Jobcenter or another office?
11:12 blessing: Yes, from the Jobcenter.
11:20 renate: Then take the letter to a Migrationsberatung and ask about „Befreiung“. That word means: not having to pay. Whether it fits your case, they can tell you. Please do not ignore the letter.
11:23 blessing: Okay, I thought it was advertising. Thanks!
== 4
08:40 halyna: Добрий день. Подруга приїхала з України цього літа. Їй кажуть, що гроші буде платити не Jobcenter, а Sozialamt. Це правда?
12:55 oksana: Добрий день, Галино. Це залежить від дати приїзду: для тих, хто приїхав після 1 квітня 2025 року, можливий перехід із SGB II на AsylbLG (відкриті джерела, перевірено 08/2026). Як є зараз у її випадку, хай перевірить: germany4ukraine.de або Migrationsberatung.
13:02 halyna: Дякую, я саме такої відповіді й шукала, без пліток з інтернету.
== 3
16:30 yasmin: Jetzt steht in meinem Brief „Grundsicherungsgeld“. Ist das etwas anderes als Bürgergeld?
18:10 renate: Gut, dass du fragst: Meine Antwort oben ist alt. Grundsicherungsgeld ersetzt das Bürgergeld, der Start war für den 1. Juli 2026 geplant, und das alte Wort kann noch in Briefen stehen (öffentliche Quellen, geprüft 08/2026). Was das für deinen Betrag heißt, sagt dir das Jobcenter oder die Beratung.
18:15 yasmin: Alles klar, danke fürs Nachsehen!
== 1
19:45 zohra: سلام، نامه دیروز رسید. تا چه وقت باید جواب بدهم؟
20:15 parwin: سلام. در نامه کلمه‌های Frist یا „bis zum“ را پیدا کن، بعد از آن تاریخ نوشته است. پاکت نامه را هم دور نینداز، روز رسیدن را رویش بنویس.
20:22 zohra: پیدا شد! پس فردا به مشورت می‌روم.
== now
-205 iryna: Підкажіть, будь ласка: Anmeldung і Meldebescheinigung — це одне й те саме?
-170 oksana: Майже :) Anmeldung — це реєстрація твоєї адреси, а Meldebescheinigung — папір, який підтверджує, що ти зареєстрована.
-166 iryna: Тепер зрозуміло, дякую!
-34 rima: مرحبًا، هل تعرف إحداكن ما هي Steuer-ID؟ رب العمل يطلبها مني.
-12 hiba: أهلًا ريما! Steuer-ID رقمكِ الضريبي الشخصي، ويصل عادةً في رسالة بالبريد. ابحثي عن هذه الرسالة، ولا تكتبي الرقم هنا في الغرفة 🙂
-6 rima: وجدتها في درج المطبخ! شكرًا 😄
`);
