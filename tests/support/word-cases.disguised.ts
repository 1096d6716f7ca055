// More of what the start lists must find, each in a disguise: see word-cases.tricks.ts for which. One case a line. Tests only.
export const DISGUISED: Record<string, string> = {
  de: `
    Du Ｈｕｒｅ
    𝕾𝖈𝖍𝖑𝖆𝖒𝖕𝖊
    ⓕⓘⓒⓚ ⓓⓘⓒⓗ
    Ḧuŕe
    Fïck dïch
    Нurensоhn
    Аrschlоch
    Schluss, du Νutte
    Huuuuure
    Arschloooooch
    Drecks\u2060au
    hu\ufeffren
    blöde K\u200bu\u200bh
    W.i.c.h.s.e.r
    D r e c k s a u
    Mi55geburt
    verp!ss dich, verp1ss dich
  `,
  en: `
    ẅhöre
    ćunt
    ídïot
    assholeeee
    bastaaaard
    wh\u2060ore
    mo\u200eron
    slu\ufefft
    ｉｄｉｏｔ
    sluт
    сunt
    tw4t
    5lut
    d!ckhead, d1ckhead
    c u n t
    m.o.r.o.n
  `,
  ar: `
    ﺷﺮﻣﻮﻃﺔ
    ﻳﺎ ﻛﻠﺐ
    ﻗﺤﺒﺔ
    ق ح ب ة
    يا ز-ب-ا-ل-ة
    ع.ا.ه.ر.ة
    قح\u200bبة
    شر\u2067موطة
    عا\u061cهرة
    قحبببببة
    يا زبااااالة
    أخرسي
    يا زباله
    إنقلعي
    قَحْبَة
    يا حـمـار
    ga7ba
    3aherat
    2akhrasi ya kalba
  `,
  uk: `
    𝐬𝐮𝐤𝐚
    ｋｕｒｖａ
    ⓢⓤⓚⓐ
    су́ка
    ку́рва
    по́вія
    п1здець
    пов1я
    к@цап
    кур\u2063ва
    по\u200dвія
    ду\u202eрепа
    куууурва
    повііія
    кacaп, кaцaп
    xyйлo
    д-у-р-е-п-а
    дурепа, durepa
    shlyukha
  `,
  ru: `
    ｓｕｋａ
    𝗽𝗿𝗼𝘀𝘁𝗶𝘁𝘂𝘁𝗸𝗮
    ⓑⓛⓨⓐⓓ
    шлю́ха
    ду́ра
    мра́зь
    пр0ститутка
    дур@к
    4урка
    мразззззь
    идиоооотка
    тва\u200bрь
    шалa\u00adва
    г-н-и-д-а
    т в а р ь
    тvaрь, твapь
    shalava
    zatknis
  `,
  fa: `
    ﺟﻨﺪﻩ
    ﺍﺣﻤﻖ
    ﻋﻮﺿﯽ
    ا ح م ق
    ک-ث-ا-ف-ت
    ع.و.ض.ی
    جِنده
    کِثافَت
    احـمـق
    احمققققق
    کثااااافت
    @hmagh
    k0skesh
    har4mzade
    اح\u200bمق
    کث\u200dافت
    عو\u2060ضی
    أحمق
    آدم اشغال
    هرزة
  `,
  tr: `
    ｏｒｏｓｐｕ
    𝓼𝓪𝓵𝓪𝓴
    ⓢⓔⓝⓘ ⓟⓘⓒ
    sal\u200bak
    şeref\u00adsiz
    pezeve\u2060nk
    saaaaalak
    pezeveeeenk
    ѕаlаk
    kаhре
    оrоsрu
    p3zevenk
    f@hişe
    f-a-h-i-ş-e
    i b n e l e r
    sálak
    kàhpe
  `,
};
