// Start list for Persian and Dari: hate, threats, scams; insults. See index.ts.
export const PERSIAN = {
  hold: `
    می کشمت
    میکشمت
    می‌کشمت
    تو را می کشم
    باید بمیری
    برو بمیر
    برگرد به کشورت
    گمشو کشور خودت
    افغانی کثیف
    عرب کثیف
    عرب سوسمارخور
    سوسمارخور
    بی ناموس
    بی غیرت
    بی شرف
    آبرویت را می برم
    ابروتو میبرم
    مرتد
    پیش پرداخت را واریز کن
    بیعانه واریز کن
    درآمد تضمینی
    سود تضمینی
    پول آسان
    کد را بفرست
    رمزت را بفرست
    پولت را دو برابر
  `,
  flag: `
    جنده
    جنده ها
    jende
    jendeh
    jande
    فاحشه
    فاحشه ها
    هرزه
    کثافت
    آشغال
    ashghal
    عوضی
    avazi
    احمق
    ahmagh
    خاک بر سرت
    خاک تو سرت
    خفه شو
    khafe sho
    khafe shoo
    گمشو
    گم شو
    gom sho
    حرامزاده
    حرومزاده
    haroomzade
    haramzade
    پدرسگ
    پدر سگ
    مادرجنده
    madarjende
    مادر سگ
    کسکش
    کس کش
    koskesh
    کونی
    گاییدم
    دیوث
    بی شعور
    بیشعور
    bishoor
    bi shoor
    الاغ
    نفهم
    ابله
    لاشی
    پست فطرت
    چاقال
    کله خر
  `,
};
