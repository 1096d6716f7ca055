// More of what the start lists must leave alone: words that look like an entry in another language or script, and harmless
// words that are written like a disguise. One case a line. Tests only.
export const PLAIN: Record<string, string> = {
  de: `
    Ich bringe dich um acht zum Bahnhof
    ich bring dich um 8 Uhr hin
    Ich bringe die Kinder um die Ecke
    Sie lebt unter Menschen, die helfen
    Es war mir eine Ehre
    Der Geber und der Nehmer, das Wort Arbeit-geber
    Ein Pic vom Bescheid reicht
    Engel und Enkel
    Das ist \u200bein\u00adfach
    B1, A2 und C1, mein Zimmer ist 4b
    Suki heißt meine Katze
    Frau Verrechnung? Nein, die Verrechnungsstelle
    Die Uhren, die Hürden, die Hurtigkeit
    Ein Nut, zwei Nuten, die Nuttlarer Straße
    Der Kanakali-Weg? Die Kanalstraße
    Die Zeugin und der Zeigefinger
  `,
  en: `
    As she is an assistant, she will call
    Which angle? My ankle hurts
    It is paid annually
    An eerie place
    Here is a pic of the letter
    They're the ones who're waiting
    A debilitating illness
    A curvy road, a larva on the leaf
    The dyke in Friesland is long
    Butterworth is my landlord
    Classwork, cocktails and saltpetre
    5 assistants, 4 assessments
    I\u2019m from A to Z
  `,
  ar: `
    Ibn Khaldun w el kalb el sghir
    شر البلية ما يضحك
    يا عبد الله تعالي
    يا عبد الرحمن وينك
    اين أضع سلة الزبالة؟
    كوني قوية يا اختي
    نفهم بعضنا
    نبحث عن الأشغال
    السيدة العوضي اتصلت
    دخول مجاني، الدخل والمدخول
    اسمها طاهرة وهي ماهرة
    تخويل وتوكيل للمحامية
    شجرة البلوط والبلوطي
    عبيد اسم جدي
    سَـلام عَلَيْكُم
    السـلام عليكم
    قحط وقحطان
    الكلبشات كلمة
    حمارة القيظ؟ الحرارة عالية
    Ana 3andi 2 awlad
    Ahlan ya 7abibti, keefek?
    engelli وengel كلمتان
  `,
  uk: `
    Хлопчик ріс швидко
    Пані Москаль телефонувала
    Кріп, або укроп, на ринку
    МРТ і КТ о 9:15
    Курвіметр міряє дорогу
    Повіяло теплом
    Сука\u0301ч? Сукач це прізвище
    Хвойний ліс
    Шлюз на каналі
    Падлюче? Падолист
    Гнідий кінь
    Wi-Fi у гуртожитку, B1 і A2
    В-і-т-а-ю
    Larva ie slovo, kurs dlia vas
  `,
  ru: `
    Nguyen Huy zhivet v Berline
    Купить укроп и петрушку
    Тварька? Товарка
    Сукачи и сучья
    Уродилась тыква
    Дебиторская карта
    Падлавка? Прилавок
    Гнидин? Это посёлок
    Господин Мудрецов на приёме
    Эбанист делает мебель
    Хохломская роспись
    Говенье это пост
    Жидкий суп
    Курс B1, 4 раза, 0 рублей
    П-р-и-в-е-т всем
  `,
  fa: `
    می\u200cروم و می\u200cآیم
    خانه\u200cها و بچه\u200cها
    آبله مرغان گرفته
    سطل آشغال کجاست؟
    زباله را کجا بگذارم؟
    اشغال یک کلمه است
    کونیک اسم خیابان است
    عوضم کار کن
    خفه نشو، پنجره را باز کن
    گم شدم در ایستگاه
    حرمسرا و حرم
    سـلام
    سَلام
    ساعت ۱۰ و اتاق ۴
    Man A2 daram, kelas B1
  `,
  tr: `
    Huyu güzel bir insan, tir tir titriyor
    Durak nerede?
    İki saatlik kurs
    Engelli kartı, engel değil
    Ahiret kelimesi
    Piknik ve Picasso
    Gebertstraße bir sokak
    Salakça? Sala köyü
    Gavatça yok, Gavotte bir dans
    Kahperen? Kahraman
    Amasya'dan geldim
    Fahriye Hanım geldi, Fahir gelmedi
    Sikâyet değil, şikâyet
    A2 ve B1 kursu, 4. kat
    M-e-r-h-a-b-a
  `,
};
