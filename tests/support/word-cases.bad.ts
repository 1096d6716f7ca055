// What the start lists must find, whatever tricks it is written with. One case a line, per language; written for the test. Tests only.
export const BAD: Record<string, string> = {
  de: `
    Ich bringe dich um
    ich bringe euch um, wartet nur
    du Ar sch loch
    Du Hurensohn
    du HURE
    Du bist eine Schlampe!
    Sch.lampe
    S c h l a m p e
    Schl\u200bampe
    Sc\u00adhlam\u00adpe
    Schlaaaampe
    5chlampe
    Schl4mpe
    Schlаmpe
    ｓｃｈｌａｍｐｅ
    Árschlöch
    A-r-s-c-h-l-o-c-h
    Arschl0ch
    4rschloch
    fick dich doch
    F1ck dich
    f i c k d i c h
    halt's Maul, halts maul
    HALT DIE FRESSE
    Geh zurück in dein Land!
    geh zurueck in dein Land
    Ausländer\u202e raus
    Auslaender raus!!!
    verp1ss dich
    Du 1d10t
    so ein Vollidiotenverein
    Wohnung nur gegen Vorkasse, Schlüssel per Post
    Ich bring dich um.
  `,
  en: `
    you bitch
    you B I T C H
    b1tch
    bitсh
    b\u0131tch
    bi\u200dtch
    biiiiitch
    b.i.t.c.h
    𝓫𝓲𝓽𝓬𝓱
    ⓑⓘⓣⓒⓗ
    ᴡʜᴏʀᴇ
    wh0re
    whоrеs
    fuck off
    f_u_c_k you
    fu\u200cck
    fuuuuuck
    FÙCK
    you @sshole
    a$$hole
    assh0les everywhere
    Go back to your country
    go  back   to\u00a0your country!
    kill y0urself
    k i l l yourself now, kys
    stupid cow
    what a m0r0n
    sh-ut up, shut up
    send me your PIN please
    Pay the deposit first, then you get the key
  `,
  ar: `
    ibn el kalb
    bint el kalb
    شر موطة
    يا شرموطة
    شَرْمُوطَة
    شـــرمـوطـة
    ش ر م و ط ة
    ش.ر.م.و.ط.ة
    شر\u200cموطه
    شرمووووطة
    والشرموطة
    sharmouta
    SHARMOOTA
    charmouta
    sharm0uta
    shar\u200bmuta
    sharmota
    3ahira
    3aahera
    يا كلب
    يا كـلـب
    ya kalb
    ya kaaalb
    يا حمار أنت
    ya 7mar
    ya hmar
    bint el kalb
    ابن الكلب
    ارجعي لبلدك
    إرجعي لبلدك يا عبد
    بدي أقتلك
    badi a2telak
    حوّلي العربون اليوم
  `,
  uk: `
    ти сука
    С У К А
    с.у.к.а
    cукa
    cyka
    су\u200bка
    суууука
    suka
    ти курва
    kurva
    кypва
    к-у-р-в-а
    повія
    п0вія
    poviya
    шльондра
    shliondra
    shlyondra
    іди нахуй
    idy nakhuy
    i d i n a x u y, іди нахуй
    нaxуй
    khuilo
    хуйл0
    заткнися
    zatknysia
    швидкий заробіток без вкладень
    shvydkyi zarobitok
    вб’ю тебе
    довб\u00adойоб
  `,
  ru: `
    blyad
    suka blyat
    idi na huy
    khuy tebe
    ты дура
    д у р а
    дypа
    ду\u200dра
    дуууура
    дyрa тупая
    шлюха
    шлюxа
    shlyuha
    shlukha
    шл\u2060юха
    ш_л_ю_х_а
    проститутка
    prostitutka
    простиtутка
    блядь
    бл*ядь, блять
    b l y a t, блять!
    мразь
    мpaзь
    закрой рот
    zakroy rot
    вали домой
    vali domoy
    убирайся в свою страну
    лёгкий заработок
    легкий заработок
    пришли код
    prishli kod
    идиотка
  `,
  fa: `
    جنده
    ج ن د ه
    جـنـده
    جن\u200cده
    جنددده
    jende
    j3nde
    خفه شو
    خفه\u200cشو، خفه شو
    khafe sho
    گم شو
    گمشو
    gom sho
    كثافت
    کثافت
    kesafat
    احمق
    اَحمَق
    ahmagh
    عوضی
    عوضي
    avazi
    بی شعور
    بیشعور
    bi shoor
    حرامزاده
    haramzade
    برگرد به کشورت
    بیعانه واریز کن
    مي كشمت
  `,
  tr: `
    sik tir git
    orospu
    OROSPU
    o r o s p u
    or0spu
    orоspu
    oro\u200bspu
    orospuuuu
    orospular
    0r0spu çocuğu
    kahpe
    k4hpe
    k.a.h.p.e
    KAHPE
    sürtük
    surtuk
    sürtüksün
    şerefsiz
    serefsizler
    ŞEREFSİZ
    siktir git
    s1ktir
    s-i-k-t-i-r
    salak
    s a l a k
    sаlak
    gerizekalı
    gerizekali
    geri zekâlı
    ülkene geri dön
    önce kapora, sonra anahtar
  `,
};
