// Rooms that are offered whole, one tap each, with their texts in every interface language. Imported by the hub's wiring and tests.
import { lines, type FirstRoom } from './rooms.ts';

const housing: FirstRoom = {
  slug: 'housing',
  position: 4,
  name: { de: 'Wohnen', en: 'Housing', ar: 'السكن', uk: 'Житло' },
  purpose: {
    de: 'Wohnung suchen, Mietvertrag, Nebenkosten, Umzug, Nachbarn',
    en: 'Finding a flat, tenancy agreements, extra costs, moving, neighbours',
    ar: 'البحث عن شقة وعقد الإيجار والتكاليف الإضافية والانتقال والجيران',
    uk: 'Пошук квартири, договір оренди, комунальні витрати, переїзд, сусіди',
  },
  rules: {
    de: lines(
      'Wir sind freundlich und haben Geduld miteinander.',
      'Schreib nie deine Adresse, auch nicht die von anderen.',
      'Überweise kein Geld, bevor du die Wohnung gesehen hast. Frag hier, wenn dir ein Angebot seltsam vorkommt.',
      'Bitte keine Fotos von Ausweisen, Verträgen oder Lohnabrechnungen.',
      'Wir informieren. Rat für deinen eigenen Fall gibt eine Beratungsstelle.',
    ),
    en: lines(
      'We are kind and patient with each other.',
      'Never write your address, nor that of anyone else.',
      'Send no money before you have seen the flat. Ask here if an offer seems strange to you.',
      'Please share no photos of identity papers, contracts or payslips.',
      'We inform. Advice on your own case comes from an advice centre.',
    ),
    ar: lines(
      'نتعامل بلطف ونصبر بعضنا على بعض.',
      'لا تكتبي عنوانكِ أبدًا ولا عنوان أي شخص آخر.',
      'لا تحوّلي مالًا قبل أن تري الشقة. اسألي هنا إذا بدا لكِ العرض غريبًا.',
      'من فضلكِ لا ترسلي صور وثائق الهوية أو العقود أو كشوف الراتب.',
      'نحن نعطي معلومات. أما المشورة في حالتكِ الخاصة فتحصلين عليها في مركز استشارات.',
    ),
    uk: lines(
      'Ми доброзичливі й терплячі одна до одної.',
      'Ніколи не пиши своєї адреси, і чужої теж.',
      'Не переказуй грошей, поки не побачиш квартиру. Запитай тут, якщо пропозиція здається дивною.',
      'Будь ласка, жодних фото документів, договорів чи розрахунків зарплати.',
      'Ми пояснюємо. Пораду саме у твоїй справі дає консультаційний центр.',
    ),
  },
  welcome: {
    de: 'Schön, dass du da bist. Schreib, was du suchst oder was in deinem Brief vom Vermieter unklar ist: ohne Adresse und ohne Namen.',
    en: 'Good that you are here. Write what you are looking for, or what is unclear in the letter from your landlord: without address and names.',
    ar: 'أهلًا بكِ. اكتبي عمّا تبحثين أو ما هو غير واضح في رسالة صاحب البيت: من دون عنوان أو أسماء.',
    uk: 'Добре, що ти тут. Напиши, що шукаєш або що незрозуміло в листі від орендодавця: без адреси й імен.',
  },
};

const german: FirstRoom = {
  slug: 'german-courses',
  position: 5,
  name: { de: 'Deutschkurse', en: 'German courses', ar: 'دورات اللغة الألمانية', uk: 'Курси німецької' },
  purpose: {
    de: 'Kurse finden, Prüfungen, Kinderbetreuung beim Kurs, zusammen üben',
    en: 'Finding courses, exams, childcare during the course, practising together',
    ar: 'إيجاد الدورات والامتحانات ورعاية الأطفال أثناء الدورة والتدرب معًا',
    uk: 'Як знайти курс, іспити, догляд за дітьми під час курсу, спільна практика',
  },
  rules: {
    de: lines(
      'Fehler sind willkommen: Niemand lacht über das Deutsch einer anderen.',
      'Schreib in der Sprache, die du gut kannst, oder üb hier dein Deutsch.',
      'Regeln für Kurse ändern sich oft: Schreib dazu, von wann deine Information ist.',
      'Bitte keine Fotos von Bescheiden, Zertifikaten oder Prüfungsaufgaben.',
      'Wir informieren. Rat für deinen eigenen Fall gibt eine Beratungsstelle.',
    ),
    en: lines(
      'Mistakes are welcome: nobody laughs at the German of another woman.',
      'Write in the language you know well, or practise your German here.',
      'Rules for courses change often: say from when your information is.',
      'Please share no photos of official letters, certificates or exam papers.',
      'We inform. Advice on your own case comes from an advice centre.',
    ),
    ar: lines(
      'الأخطاء مرحّب بها: لا أحد يضحك من ألمانية غيره.',
      'اكتبي باللغة التي تتقنينها، أو تدربي هنا على الألمانية.',
      'قواعد الدورات تتغير كثيرًا: اكتبي متى حصلتِ على المعلومة.',
      'من فضلكِ لا ترسلي صور قرارات رسمية أو شهادات أو أسئلة امتحانات.',
      'نحن نعطي معلومات. أما المشورة في حالتكِ الخاصة فتحصلين عليها في مركز استشارات.',
    ),
    uk: lines(
      'Помилятися можна: ніхто не сміється з чужої німецької.',
      'Пиши мовою, яку добре знаєш, або тренуй тут німецьку.',
      'Правила щодо курсів часто змінюються: пиши, з якого часу твоя інформація.',
      'Будь ласка, жодних фото рішень установ, сертифікатів чи екзаменаційних завдань.',
      'Ми пояснюємо. Пораду саме у твоїй справі дає консультаційний центр.',
    ),
  },
  welcome: {
    de: 'Schön, dass du da bist. Schreib, wie viel Deutsch du schon kannst und was du suchst: Ein Satz reicht, in jeder Sprache.',
    en: 'Good that you are here. Write how much German you know already and what you are looking for: one sentence is enough, in any language.',
    ar: 'أهلًا بكِ. اكتبي كم تعرفين من الألمانية وعمّا تبحثين: جملة واحدة تكفي، بأي لغة.',
    uk: 'Добре, що ти тут. Напиши, наскільки знаєш німецьку і що шукаєш: досить одного речення будь-якою мовою.',
  },
};

const health: FirstRoom = {
  slug: 'health',
  position: 6,
  name: { de: 'Gesundheit', en: 'Health', ar: 'الصحة', uk: 'Здоровʼя' },
  purpose: {
    de: 'Ärztin finden, Krankenkasse, Termine, Schwangerschaft, Kinder',
    en: 'Finding a doctor, health insurance, appointments, pregnancy, children',
    ar: 'إيجاد طبيبة والتأمين الصحي والمواعيد والحمل والأطفال',
    uk: 'Пошук лікарки, медичне страхування, записи, вагітність, діти',
  },
  rules: {
    de: lines(
      'Im Notfall: 112 anrufen, nicht hier schreiben.',
      'Hier gibt es keine Diagnosen und keine Empfehlung für Medikamente. Frag dafür eine Ärztin oder Apotheke.',
      'Niemand muss sagen, welche Krankheit sie hat. Du kannst allgemein fragen.',
      'Bitte keine Befunde, Rezepte, Versichertennummern oder Fotos vom Körper.',
      'Wir informieren. Rat für deinen eigenen Fall gibt eine Beratungsstelle.',
    ),
    en: lines(
      'In an emergency: call 112, do not write here.',
      'There are no diagnoses here and no advice on medicines. Ask a doctor or a pharmacy for that.',
      'Nobody has to say which illness she has. You can ask in general.',
      'Please share no findings, prescriptions, insurance numbers or photos of the body.',
      'We inform. Advice on your own case comes from an advice centre.',
    ),
    ar: lines(
      'في حالة الطوارئ: اتصلي بالرقم 112 ولا تكتبي هنا.',
      'لا تشخيص هنا ولا نصيحة بأدوية. اسألي عن ذلك طبيبة أو صيدلية.',
      'لا يجب على أي واحدة أن تذكر مرضها. يمكنكِ أن تسألي بشكل عام.',
      'من فضلكِ لا ترسلي تقارير طبية أو وصفات أو أرقام تأمين أو صورًا للجسم.',
      'نحن نعطي معلومات. أما المشورة في حالتكِ الخاصة فتحصلين عليها في مركز استشارات.',
    ),
    uk: lines(
      'У невідкладному випадку телефонуй 112, не пиши сюди.',
      'Тут немає діагнозів і порад щодо ліків. Про це питай лікарку або в аптеці.',
      'Ніхто не мусить казати, яка в неї хвороба. Можна питати загально.',
      'Будь ласка, жодних висновків лікарів, рецептів, страхових номерів чи фото тіла.',
      'Ми пояснюємо. Пораду саме у твоїй справі дає консультаційний центр.',
    ),
  },
  welcome: {
    de: 'Schön, dass du da bist. Schreib, was du finden oder verstehen willst, zum Beispiel eine Ärztin, die deine Sprache spricht: ohne Namen und ohne Befunde.',
    en: 'Good that you are here. Write what you want to find or understand, for example a doctor who speaks your language: without names and findings.',
    ar: 'أهلًا بكِ. اكتبي ماذا تريدين أن تجدي أو تفهمي، مثلًا طبيبة تتكلم لغتكِ: من دون أسماء أو تقارير طبية.',
    uk: 'Добре, що ти тут. Напиши, що хочеш знайти або зрозуміти, наприклад лікарку, яка говорить твоєю мовою: без імен і висновків.',
  },
};

/** In the order in which they are offered. Slugs are addresses: they never change. */
export const READY_ROOMS: readonly FirstRoom[] = [housing, german, health];
