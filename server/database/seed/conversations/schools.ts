// The demo conversation in the room "Schools". Fictional; facts as in the sources named inside. Imported by the seed only.
import { transcript } from './transcript.ts';

export const SCHOOLS = transcript(`
== 13
10:05 dilan: Hallo und merhaba! Ich bin Erzieherin in einer Kita und beantworte Fragen auf Türkisch und Deutsch. Schreibt bitte keine Namen von Kindern und Schulen, dann bleibt es für alle sicher.
17:15 elif: Merhaba! Kita-Gutschein nereden alınıyor? Internette hep bunu okuyorum.
18:30 dilan: O Hamburg ve Berlin için :) Chemnitz'te Kita-Gutschein yok. Burada üç yol var (kamuya açık kaynaklar, kontrol 08/2026):
  1. Kita-Portal: en fazla beş istek yazabilirsin.
  2. Jugendamt'ta form.
  3. Doğrudan Kita'nın kendisine sormak.
18:38 elif: Beş istek ne demek, beş Kita mı?
18:45 dilan: Evet, sırayla beş Kita. Cevap gelmezse Servicestelle Kita-Platz yardımcı oluyor.
18:47 elif: Süper, bu akşam yazıyorum.
== 12
09:40 nour: صباح الخير، ابنتي عمرها سنة ونصف. هل لها حق في مكان في الروضة؟
13:20 hiba: صباح النور! نعم، الحق في مكان يبدأ من عمر سنة (مصادر عامة، تم التحقق 08/2026). سجّلي في Kita-Portal، ويمكنكِ أن تكتبي حتى خمس رغبات.
13:26 nour: وهل الرسوم غالية؟ دخلنا قليل.
13:37 hiba: الرسوم اسمها Elternbeitrag، ويمكن الإعفاء منها بحسب الدخل (مصادر عامة، تم التحقق 08/2026). اسألي في Jugendamt عن كلمة Erlass أو Befreiung.
13:40 nour: الله يسعدكِ، شكرًا.
== 11
19:25 iryna: Синові шість років виповниться в травні. Він іде до школи вже цього літа чи через рік?
20:05 oksana: У Саксонії так: кому до 30 червня виповнилося шість, той іде до школи цього року. Записують приблизно за рік, у школі свого району (відкриті джерела, перевірено 08/2026). Документи вже збирала?
20:10 iryna: Ще ні, а які потрібні?
20:21 oksana: Паспорт, свідоцтво про народження, підтвердження опіки й довідка про щеплення від кору (відкриті джерела, перевірено 08/2026). Про решту запитай у самій школі.
20:24 iryna: Щеплення є, треба тільки перекласти. Дякую, пані вчителько :)
== 10
12:00 zohra: سلام. ما تازه رسیده‌ایم. پسرم دوازده‌ساله است و هنوز مکتب ندارد. از کجا شروع کنم؟
17:35 parwin: سلام و خوش آمدی! راهش این است (منبع‌های عمومی، بررسی ۰۸/۲۰۲۶):
  ۱. فورم آنلاین را پر می‌کنی.
  ۲. مشورت در LaSuB است، نامش Besondere Bildungsberatung.
  ۳. صنف آمادگی (DaZ) برای زبان آلمانی، بعد صنف عادی.
17:39 zohra: چند وقت طول می‌کشد؟
17:50 parwin: راست بگویم: گاهی باید منتظر بمانی. تاریخ را هیچ‌کس قول داده نمی‌تواند. فورم را زود پر کن و تأییدش را نگه دار.
17:53 zohra: باشد، امشب پر می‌کنم. تشکر پروین جان.
== 8
08:55 marina: Доброе утро. В школе просят „Nachweis Masernschutz“. Старая прививочная карта подойдёт?
14:10 oksana: Доброе утро! Nachweis Masernschutz — это подтверждение прививки от кори. Подойдёт ли ваша карта, скажет детский врач: он может перенести записи в немецкий Impfpass.
14:15 marina: Спасибо, запишусь к врачу.
== 7
16:25 huda: هل التسجيل في المدرسة يشمل Hort أيضًا؟ أنا أعمل حتى الرابعة.
17:40 hiba: لا، Hort (رعاية ما بعد المدرسة) له تسجيل منفصل (مصادر عامة، تم التحقق 08/2026). اسألي في المدرسة أي Hort يتبعها، واسألي مبكرًا.
17:45 huda: جيد أنني سألت! كنت أظن أن كل شيء معًا.
== 6
18:05 elif: Elternabend var ama Almancam yetmiyor. Çevirmen getirebilir miyim?
18:50 dilan: Öğretmene önceden yaz, bu çok normal: „Ich brauche beim Elternabend bitte eine Dolmetscherin für Türkisch.“ Yani Türkçe çevirmene ihtiyacım var. Bazı okullar ayarlıyor, bazıları ayarlamıyor.
18:56 elif: Yazdım! Öğretmen „kein Problem“ dedi 🎉
== 5
15:30 olga: Скажите, что такое Bildungsempfehlung? Дочь в четвёртом классе.
16:45 oksana: Это рекомендация школы, в какую школу идти после четвёртого класса: в Oberschule или Gymnasium. Попросите разговор с классной руководительницей, там можно спросить, на чём рекомендация основана.
16:52 olga: А если мы не согласны?
17:03 oksana: Об этом тоже говорят на этой встрече. Порядок в вашем случае лучше узнать у школы или в консультации LaSuB, я здесь могу только объяснить слова.
17:05 olga: Поняла, попрошу о встрече.
== 4
11:10 shirin: سلام، دخترم باید در مکتب به درس شنا برود. من نگران هستم. چه چیزی لازم دارد؟
12:30 parwin: سلام شیرین. از معلم بپرس چه لباسی لازم است و چه کسی همراه بچه‌هاست. بعضی دخترها لباس شنای بلند می‌پوشند. اگر می‌خواهی، جملهٔ آلمانی‌اش را با هم بنویسیم: „Was braucht mein Kind für den Schwimmunterricht?“
12:36 shirin: همین جمله خوب است، ممنون.
== 3
20:30 rima: ابني لا يريد الذهاب إلى المدرسة. يقول إن الأولاد يسخرون منه كل يوم. قلبي موجوع.
20:52 samira: سلامة قلبكِ ريما. هذا اسمه Mobbing، وليس ذنبه ولا ذنبكِ. هل تكلمتِ مع المعلمة؟
20:57 rima: لا، أخجل من لغتي.
21:08 amal: اكتبي لها جملة واحدة: „Mein Kind wird gemobbt. Ich möchte bitte mit Ihnen sprechen.“ معناها: طفلي يتعرض للتنمر وأريد أن أتحدث معكِ. واكتبي عندكِ ماذا حدث وفي أي يوم. في مدارس كثيرة توجد أيضًا Schulsozialarbeit: شخص يستمع للأطفال.
21:12 rima: أرسلتها الآن. شكرًا لأنكنّ معي ❤️
== 1
17:20 blessing: My daughter has been waiting three months for a place in the DaZ class (the class for learning German). Is that normal?
18:40 renate: Waiting happens, sadly. Do you have the confirmation of your online form, and did you already talk to the Bildungsberatung at LaSuB?
18:46 blessing: Only the form. Nobody called me.
18:58 renate: Then write to them once more, with the date of your form. If you like, a Migrationsberatung helps with the letter, for free (bamf-navi.bamf.de, checked 08/2026).
== now
-240 freshta: سلام، BuT چیست؟ معلم گفت برای سیر علمی می‌توانم درخواست بدهم.
-221 parwin: سلام! BuT یعنی Bildung und Teilhabe: کمک پولی برای چیزهایی مثل سیر علمی، نان چاشت و وسایل مکتب. در ادارهٔ خودت بپرس فورمش را از کجا بگیری.
-58 rima: المعلمة ردّت بلطف كبير، وعندنا موعد هذا الأسبوع. shukran ktir 🙏
-3 samira: خبر يفرح القلب! احكي لنا بعد الموعد إن أردتِ.
`);
