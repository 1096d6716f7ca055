// What sounds like violence or self-harm, per language: German, English, Arabic, Ukrainian, Russian, both in Latin letters, Persian,
// Turkish, Kurmanji. Only crisis.ts uses it. Not yet reviewed by native speakers (moderators see that beside the word lists).

/**
 * One pattern a line. Words alone: they stand so, one after the other; `*` behind the last: with any ending. With `=` before: any one
 * of them. With `+`: one of each group, in any order, few words apart ("er hat mich gestern wieder geschlagen").
 */
export const PATTERNS = `
er mann ehemann mannes exmann vater papa stiefvater bruder schwiegervater schwager freund exfreund ex sohn onkel schwiegermutter partner verlobter + mich kinder + schlägt schlug schlagen geschlagen prügelt verprügelt würgt gewürgt bedroht bedrohte bedrohen misshandelt misshandelte vergewaltigt vergewaltigte missbraucht geohrfeigt getreten erwürgen
er mann ehemann vater bruder schwiegervater ex exmann freund partner familie + mich uns mir + verprügelt bedroht umbringen umzubringen töten eingesperrt einsperrt einzusperren
er mann ehemann vater bruder schwiegervater ex exmann freund partner familie + mich uns + sperrt sperrte + ein
er mann ehemann exmann vater bruder freund exfreund ex familie + mich uns + verfolgt verfolgte stalkt auflauert
droht drohte gedroht + mir uns + messer tod töten schlägen prügel gewalt waffe umbringen umzubringen
mann droht mir
er droht mir
ex droht mir
vater droht mir
eltern familie vater mutter bruder onkel sie + mich + verheiraten zwangsverheiraten
zwangsheirat*
zwangsverheirat*
zwingt zwang gezwungen zwingen + mich + sex heiraten ehe hochzeit bett
ich + wurde werde bin worden + geschlagen verprügelt vergewaltigt misshandelt bedroht eingesperrt gewürgt
hat mich vergewaltigt
schlägt mich und
schlägt mich jeden
darf nicht aus dem haus
angst + vor + meinem + mann vater bruder ex exmann freund schwiegervater
lässt mich nicht aus dem haus
nicht mehr aufwachen
ich halte es nicht mehr aus
will nicht mehr leben
möchte nicht mehr leben
mag nicht mehr leben
kann nicht mehr leben
nicht mehr leben will
nicht mehr leben möchte
ich will sterben
ich möchte sterben
ich + tot + sein + will möchte wäre
ich bring mich um
ich bringe mich um
mich umbringen
mich umzubringen
mich zu töten
mir das leben nehmen
ich + mir + antun + was etwas
ich + will möchte muss + mich + verletzen ritzen
selbstmord*
suizid*
he husband hubby man father dad stepfather brother boyfriend ex partner fiance uncle son inlaw inlaws + me kids children + hits hit hitting beats beat beating beaten slaps slapped punches punched kicks kicked chokes choked strangles strangled threatens threatened threatening rapes raped abuses abused
he husband man father brother boyfriend ex partner + me us + kill stab
he husband man father brother boyfriend ex partner inlaws family + me us + locks locked locking + in up inside room house home
he husband man father brother boyfriend ex partner family parents + forces forced forcing + me + sex marry bed marriage
i + was am got been being + beaten raped abused strangled choked
husband ex exhusband boyfriend father brother family + me us + stalks stalking stalked following
parents family father mother brother uncle they + me + marry + off
forced marriage
he beats me
raped me
afraid scared + of + husband father brother ex boyfriend + my
want to die
wanna die
dont want to live
do not want to live
dont want to be alive
dont wanna live
no reason to live
better off dead
end my life
kill myself
hurt myself
cut myself on purpose
suicid*
= يضربني بيضربني بضربني كيضربني ضربني يضربوني بيضربوني ضربوني ويضربني وضربني وبيضربني يضربنا بيضربنا
= يهددني بيهددني بهددني هددني يهددوني بيهددوني هددوني ويهددني وهددني مهددني
= يقتلني بيقتلني سيقتلني هيقتلني حيقتلني يذبحني بيذبحني يدبحني ويقتلني
يريد قتلي
= اغتصبني يغتصبني بيغتصبني واغتصبني خنقني يخنقني بيخنقني وخنقني
= يلاحقني بيلاحقني ملاحقني يطاردني بيطاردني
= يحبسني بيحبسني حبسني حابسني يسجنني وحبسني
= يزوجوني بيزوجوني تزويجي
زواج قسري
يجبرني بيجبرني اجبرني يغصبني غصبني بيغصبني + الزواج زواج الجنس اتزوج السرير النوم
يمنعني من الخروج
ما بيخليني اطلع
اخاف بخاف خايفه خائفه خايف + من + زوجي ابي اخي جوزي حماي طليقي ابوي اخوي
اريد ان اموت
اريد الموت
اتمنى الموت
اتمنى ان اموت
بدي ابغى عايزه عاوزه اريد + موت اموت
ابي اموت
نفسي اموت
لا اريد ان اعيش
لا اريد العيش
ما بدي عيش
مابدي عيش
ما بدي اعيش
مش عايزه اعيش
= انتحر سانتحر بنتحر هنتحر حانتحر وانتحر انتحار الانتحار بالانتحار للانتحار والانتحار لانتحار
اقتل ساقتل بقتل اذي اؤذي + نفسي حالي
انهي حياتي
= darabni darabani darbni dharabani khanaqni khana2ni habasni 7abasni
bdi bddi biddi bidi bedi beddi baddi badi widdi ayza 3ayza + mout moot amout amoot amut mawt mot moute
ma + bdi biddi bedi baddi badi + 3ish 3eesh 3esh eish aish a3ish
= antaher antahir ante7er anti7ar
мене нас дітей + бє бють бив побив побили побила вдарив вдаряє ударив лупить душив душить зґвалтував ґвалтує ґвалтував катує катував замикає замкнув
він чоловік батько тато брат свекор вітчим хлопець колишній партнер + мене нас + вбє бити
погрожує погрожував погрожують + мені мене нам
знущається знущаються знущався + мною
хоче погрожує обіцяє + мене + вбити вбє убити зарізати
мене + видати видають + заміж
змушує примушує примушував + мене + сексу секс заміж ліжко
мене + підіймає піднімає підняв + руку
боюся боюсь страшно + чоловіка батька брата свекра колишнього
чоловік колишній батько брат + мене нас + переслідує переслідував стежить
жити не хочу
жити більше не хочу
не хочу жити
не хочу більше жити
більше не хочу жити
хочу + померти вмерти здохнути
вбити себе
вбю себе
вкоротити собі віку
накласти на себе руки
руки на себе накласти
самогубств*
суїцид*
меня нас детей + бьёт бьют бил избил избили избивает побил ударил ударила лупит душил душит изнасиловал насилует насиловал запирает запер
он муж отец папа брат свёкор отчим парень бывший партнёр + меня мне нас + угрожает угрожал бить
мне угрожают
издевается издевались издевался + мной
хочет угрожает обещает грозится + меня + убить зарезать
меня + выдать выдают + замуж
заставляет принуждает + меня + секс сексом сексу замуж
меня + поднимает поднял + руку
боюсь страшно + мужа отца брата свёкра бывшего
муж бывший отец брат + меня мной нас + преследует преследовал следит
жить не хочу
жить больше не хочу
не хочу жить
не хочу больше жить
больше не хочу жить
хочу + умереть сдохнуть
убить себя
убью себя
покончить с собой
покончу с собой
наложить на себя руки
самоубийств*
суицид*
mene + bye byie biye bje byje pobyv vdaryv dushyv zgvaltuvav zhvaltuvav
meni mene + pohrozhuye pogrozhuye pohrozhuje pogrozhue
menya menia mena + bet biet byot byet bjot bil izbil izbivaet udaril dushil iznasiloval
mne + ugrozhaet ugrojaet ugrozhal
ne + khochu hochu xochu + zhyty zhyt zhiti zhit jit zhitt
khochu hochu xochu + pomerty pomerti vmerty umeret umeret
vbyty sebe
ubit sebya
samohubstv*
samoubiystv*
suitsid*
مرا منو + زد زده میزند میزنه میزد زدند میزنن
مرا منو + می + زند زنه زد زدند
شوهرم همسرم پدرم برادرم نامزدم پدرشوهرم او + کتک کتکم کتکمان + زد زده میزند میزنه میزد زند زنه
کتک + خوردم خورم میخورم
تهدیدم
مرا منو من + تهدید + کرد کرده میکند میکنه کند کنه
مرا منو + بکشد بکشه میکشه میکشد کشد
به من تجاوز
بهم تجاوز
مرا منو + حبس زندانی
حبسم کرده
مجبورم + ازدواج سکس رابطه
از شوهرم می ترسم
از شوهرم میترسم
می خواهم بمیرم
میخواهم بمیرم
میخوام بمیرم
کاش بمیرم
نمی خواهم زنده باشم
نمیخوام زنده باشم
نمیخوام دیگه زندگی کنم
دیگه نمیخوام زندگی کنم
خودم خودمو + بکشم
خودکشی
خود کشی
kocam eşim babam abim ağabeyim kayınpederim kayınbabam sevgilim nişanlım erkek + dövüyor dövdü dövüyo döver tehdit tokat boğuyor tecavüz
beni bizi bana çocukları + dövüyor dövdü dövüyo döver dövüyorlar vuruyor tokat boğuyor tehdit tecavüz kilitliyor kilitledi hapsetti
boğazımı sıktı
boğazımı sıkıyor
beni + öldürecek öldürür öldürmekle öldürmek öldüreceğini
evlenmeye evlilik cinsel ilişkiye + zorluyor zorladı zorluyorlar + beni
kocamdan eşimden babamdan abimden sevgilimden + korkuyorum
ölmek istiyorum
yaşamak istemiyorum
kendimi öldür*
kendime zarar
canıma kıy*
intihar*
li + min + dixe dixin xist dide dixist
min + dikuje bikuje
gef gefan gefe + min + dixwe dike
tehdid tehdide tehdida + min
tecawiz tecawizi destdireji + min
ji + mere bave + xwe min + ditirsim
naxwazim bijim
dixwazim bimirim
xwe bikujim
xwekuştin*
`;

/** Arabic verbs in Latin letters, which everybody spells in her own way: he hits me, kills me, threatens me, raped me, locks me in. */
export const SPELLED = [
  /^(?:wa?|be?|ka)?[yi][aeiou]?dh?r[aeiou]?b[aeiou]*n[iy]$/,
  /^(?:wa?|be?|ha|sa)?[yi][aeiou]?[qk2][aeiou]?t[aeiou]?l[aeiou]*n[iy]$/,
  /^(?:wa?|be?)?[yi][aeiou]?[h7][aeiou]?dd?[aeiou]?dd?[aeiou]*n[iy]$/,
  /^(?:wa?|be?)?[yiu]?[aeiou]?gh?t[aeiou]?[s9][aeiou]?b[aeiou]*n[iy]$/,
  /^(?:wa?|be?)?[yi][aeiou]?[h7][aeiou]?b[aeiou]?s[aeiou]*n[iy]$/,
];
