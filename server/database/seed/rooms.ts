// The rooms of the first day with their texts in every interface language. Imported by the rooms service and the seed.
import type { LocalizedText } from '#shared/locales.ts';

export interface FirstRoom {
  slug: string;
  name: LocalizedText;
  /** One sentence for the room list. */
  purpose: LocalizedText;
  /** One rule per line. */
  rules: LocalizedText;
  /** Stands where nobody has written yet: how to ask the first question. */
  welcome: LocalizedText;
  position: number;
}

export const lines = (...rules: string[]): string => rules.join('\n');

const jobs: FirstRoom = {
  slug: 'jobs',
  position: 1,
  name: { de: 'Arbeit', en: 'Jobs', ar: 'العمل', uk: 'Робота' },
  purpose: {
    de: 'Fragen zu Arbeit, Ausbildung und Anerkennung von Abschlüssen',
    en: 'Questions about work, training and recognition of diplomas',
    ar: 'أسئلة عن العمل والتدريب المهني والاعتراف بالشهادات',
    uk: 'Питання про роботу, навчання професії та визнання дипломів',
  },
  rules: {
    de: lines(
      'Wir sind freundlich und haben Geduld miteinander.',
      'Schreib in der Sprache, die du gut kannst.',
      'Bitte keine Zeugnisse, Adressen, Telefonnummern oder Kundennummern im Raum.',
      'Bezahl nie Geld für eine Arbeitsstelle.',
      'Wir informieren. Rat für deinen eigenen Fall gibt eine Beratungsstelle.',
    ),
    en: lines(
      'We are kind and patient with each other.',
      'Write in the language you know well.',
      'Please share no certificates, addresses, phone numbers or customer numbers in the room.',
      'Never pay money to get a job.',
      'We inform. Advice on your own case comes from an advice centre.',
    ),
    ar: lines(
      'نتعامل بلطف ونصبر بعضنا على بعض.',
      'اكتبي باللغة التي تتقنينها.',
      'من فضلكِ لا ترسلي شهادات أو عناوين أو أرقام هواتف أو أرقام ملفات في الغرفة.',
      'لا تدفعي أبدًا مالًا مقابل الحصول على عمل.',
      'نحن نعطي معلومات. أما المشورة في حالتكِ الخاصة فتحصلين عليها في مركز استشارات.',
    ),
    uk: lines(
      'Ми доброзичливі й терплячі одна до одної.',
      'Пиши мовою, яку добре знаєш.',
      'Будь ласка, не надсилай сюди дипломи, адреси, номери телефонів чи номери справ.',
      'Ніколи не плати грошей за те, щоб отримати роботу.',
      'Ми пояснюємо. Пораду саме у твоїй справі дає консультаційний центр.',
    ),
  },
  welcome: {
    de: 'Schön, dass du da bist. Schreib, welchen Beruf du gelernt hast oder was du suchst: Ein Satz reicht, und du brauchst deinen echten Namen nicht zu nennen.',
    en: 'Good that you are here. Write which profession you learned or what you are looking for: one sentence is enough, and you do not need to use your real name.',
    ar: 'أهلًا بكِ. اكتبي ما هي مهنتكِ أو عمّا تبحثين: جملة واحدة تكفي، ولا حاجة إلى ذكر اسمكِ الحقيقي.',
    uk: 'Добре, що ти тут. Напиши, яку професію маєш або що шукаєш: досить одного речення, а справжнє імʼя називати не треба.',
  },
};

const bureaucracy: FirstRoom = {
  slug: 'bureaucracy',
  position: 2,
  name: { de: 'Ämter und Briefe', en: 'Bureaucracy', ar: 'الدوائر والرسائل الرسمية', uk: 'Установи й листи' },
  purpose: {
    de: 'Briefe, Termine und Anträge verstehen',
    en: 'Understand letters, appointments and applications',
    ar: 'لفهم الرسائل والمواعيد والطلبات',
    uk: 'Зрозуміти листи, записи на прийом і заяви',
  },
  rules: {
    de: lines(
      'Wir informieren: Wir erklären Wörter und Wege. Rechtsberatung für deinen Fall gibt nur eine Beratungsstelle.',
      'Antworten werden alt: Schreib dazu, woher du etwas weißt und von wann es ist.',
      'Bitte keine Fotos von Ausweisen oder Briefen, keine Aktenzeichen und Nummern im Raum.',
      'Steht eine Frist im Brief? Warte nicht auf uns, geh früh zur Beratung.',
      'Niemand muss sagen, welchen Aufenthalt sie hat.',
    ),
    en: lines(
      'We inform: we explain words and procedures. Legal advice on your case comes only from an advice centre.',
      'Answers grow old: say where you know something from, and from when it is.',
      'Please share no photos of identity papers or letters, no file numbers and no other numbers in the room.',
      'Is there a deadline in the letter? Do not wait for us, go to an advice centre early.',
      'Nobody has to say what residence status she has.',
    ),
    ar: lines(
      'نحن نعطي معلومات: نشرح الكلمات والخطوات. أما الاستشارة القانونية في حالتكِ فتأتي فقط من مركز استشارات.',
      'الأجوبة تصبح قديمة: اكتبي من أين عرفتِ المعلومة ومتى.',
      'من فضلكِ لا ترسلي صور وثائق الهوية أو الرسائل ولا أرقام الملفات أو غيرها في الغرفة.',
      'هل في الرسالة موعد نهائي؟ لا تنتظرينا، اذهبي إلى مركز استشارات مبكرًا.',
      'لا يجب على أي واحدة منا أن تذكر نوع إقامتها.',
    ),
    uk: lines(
      'Ми інформуємо: пояснюємо слова й порядок дій. Юридичну пораду у твоїй справі дає лише консультаційний центр.',
      'Відповіді старіють: пиши, звідки ти це знаєш і з якого часу ця інформація.',
      'Будь ласка, не надсилай сюди фото документів чи листів, номери справ та інші номери.',
      'У листі є термін? Не чекай на нас, звернися до консультації якнайраніше.',
      'Ніхто не мусить казати, який у неї статус перебування.',
    ),
  },
  welcome: {
    de: 'Schön, dass du da bist. Schreib das Wort aus deinem Brief, das du nicht verstehst, und von welchem Amt er kommt: ohne Namen und ohne Nummern.',
    en: 'Good that you are here. Write the word from your letter that you do not understand and which office sent it: without names and numbers.',
    ar: 'أهلًا بكِ. اكتبي الكلمة التي لم تفهميها في رسالتكِ ومن أي دائرة جاءت: من دون أسماء أو أرقام.',
    uk: 'Добре, що ти тут. Напиши слово з листа, яке тобі незрозуміле, і від якої він установи: без імен і номерів.',
  },
};

const schools: FirstRoom = {
  slug: 'schools',
  position: 3,
  name: { de: 'Schule und Kita', en: 'Schools', ar: 'المدرسة والروضة', uk: 'Школа й дитсадок' },
  purpose: {
    de: 'Kita, Schule und Hort: Anmeldung, Alltag, Elternabend',
    en: 'Kita, school and after-school care: registration, daily life, parents’ evening',
    ar: 'الروضة والمدرسة ورعاية ما بعد الدوام: التسجيل والحياة اليومية واجتماع الأهل',
    uk: 'Дитсадок, школа й група подовженого дня: запис, будні, батьківські збори',
  },
  rules: {
    de: lines(
      'Wir reden freundlich über alle Kinder, auch über die anderen.',
      'Schreib keine Namen von Kindern und nicht, welche Schule sie besuchen.',
      'Bitte keine Fotos von Kindern oder Zeugnissen.',
      'Jede Schule und Kita ist anders: Frag dort nach, bevor du dich entscheidest.',
      'Wir informieren. Rat für deinen eigenen Fall gibt eine Beratungsstelle.',
    ),
    en: lines(
      'We speak kindly of all children, of the others too.',
      'Do not write names of children or which school they go to.',
      'Please share no photos of children or school reports.',
      'Every school and Kita is different: ask there before you decide.',
      'We inform. Advice on your own case comes from an advice centre.',
    ),
    ar: lines(
      'نتحدث بلطف عن كل الأطفال، وعن أطفال الأخريات أيضًا.',
      'لا تكتبي أسماء الأطفال ولا اسم مدرستهم.',
      'من فضلكِ لا ترسلي صور أطفال أو شهادات مدرسية.',
      'كل مدرسة وكل روضة مختلفة: اسألي هناك قبل أن تقرري.',
      'نحن نعطي معلومات. أما المشورة في حالتكِ الخاصة فتحصلين عليها في مركز استشارات.',
    ),
    uk: lines(
      'Ми доброзичливо говоримо про всіх дітей, про чужих теж.',
      'Не пиши імен дітей і в яку школу вони ходять.',
      'Будь ласка, жодних фото дітей чи табелів.',
      'Кожна школа і кожен дитсадок інші: запитай там, перш ніж вирішувати.',
      'Ми пояснюємо. Пораду саме у твоїй справі дає консультаційний центр.',
    ),
  },
  welcome: {
    de: 'Schön, dass du da bist. Schreib, wie alt dein Kind ist und was du wissen willst: Namen sind nicht nötig, auch deiner nicht.',
    en: 'Good that you are here. Write how old your child is and what you would like to know: no names needed, not even yours.',
    ar: 'أهلًا بكِ. اكتبي كم عمر طفلكِ وماذا تريدين أن تعرفي: لا حاجة إلى أسماء، ولا حتى اسمكِ.',
    uk: 'Добре, що ти тут. Напиши, скільки років твоїй дитині і що хочеш дізнатися: імена не потрібні, навіть твоє.',
  },
};

/** In the order of the list. Slugs are addresses: they never change. */
export const FIRST_ROOMS: readonly FirstRoom[] = [jobs, bureaucracy, schools];
