// Start list for Arabic: hate, threats, scams; insults. See index.ts. Latin spellings only where chance would hit the short word.
export const ARABIC = {
  hold: `
    سأقتلك
    راح اقتلك
    رح اقتلك
    والله لاقتلك
    بدي اقتلك
    لازم تموتي
    يجب ان تموت
    ارجعي لبلدك
    ارجع لبلدك
    ارجعوا لبلادكم
    الموت للكفار
    يا كافرة
    يا مرتدة
    عديمة الشرف
    بلا شرف
    جلبت العار
    سأفضحك
    رح افضحك
    حولي العربون
    ادفعي العربون اولا
    ربح سريع
    ارباح مضمونة
    ارسلي الرمز
    ابعتي الكود
    ارسلي كلمة السر
    ضاعف اموالك
    عبد اسود
    عبيد سود
    يا عبدة سوداء
  `,
  flag: `
    شرموطة
    شرموطه
    شراميط
    قحبة
    ga7ba
    9a7ba
    kahba
    qahba
    عاهرة
    عاهرات
    منيوكة
    منيوك
    متناكة
    كس امك
    kos omak
    kess omak
    kosomak
    يا زبالة
    انت زبالة
    انتي زبالة
    كلكم زبالة
    يا كلب
    يا كلبة
    ya kalb
    ya kalba
    ابن الكلب
    بنت الكلب
    ابن كلب
    بنت كلب
    ibn kalb
    ibn elkalb
    ibn alkalb
    bint elkalb
    bent elkalb
    يا حمار
    يا حمارة
    ya hmar
    ya 7mar
    يا حيوان
    يا حيوانة
    يا غبية
    يا غبي
    يا تافهة
    يا حقيرة
    يا واطية
    يا وسخة
    يا ساقطة
    تفو عليك
    اخرسي
    انقلعي
    خول
    لوطي
    يلعن ابوك
    يلعن امك
    الله يلعنك
  `,
};
