// Start list for Turkish: hate, threats, scams; insults. See index.ts.
export const TURKISH = {
  hold: `
    seni öldürürüm
    seni öldüreceğim
    seni gebertirim
    geber artık
    geber git
    geberin
    gebersin
    ülkene dön
    ülkene geri dön
    defol ülkene
    suriyeliler defolsun
    pis arap
    pis kürt
    pis gavur
    gavur
    çingene köpeği
    namussuz kadın
    namusunu temizle
    dinsiz köpek
    ermeni dölü
    kapora gönder
    kaporayı yatır
    önce kapora
    kolay para kazan
    garantili kazanç
    şifreni gönder
    kodu gönder
    paranı ikiye katla
  `,
  flag: `
    orospu*
    orospunun
    kahpe
    kahpeler
    fahişe
    fahişeler
    sürtük*
    kaltak*
    kancık*
    seni piç
    piç herif
    piç misin
    piçler
    piç kurusu
    amına
    amına koyayım
    amk
    siktir*
    sikerim
    sikeyim
    sikik
    yarrak
    göt veren
    götveren
    ibne
    ibneler
    pezevenk*
    gavat
    şerefsiz*
    haysiyetsiz*
    namussuz*
    aptal karı
    salak
    salaklar
    gerizekalı*
    geri zekalı
    mal herif
    eşşoğlueşek
    eşek herif
    it herif
    köpek herif
    kes sesini
    kapa çeneni
    defol git
    ananı
    ananın amı
    allah belanı versin
  `,
};
