// What people build passwords from: common words, names, rows of keys. Only password-strength.ts imports it.

/** Lower case, without leet spelling. Own collection: what lists of leaked passwords are full of, in this hub's languages. */
const WORDS = `
password passwort passwd passwor pass word wort kennwort geheim geheimnis secret private privat login admin administrator
root user guest gast test tester testing default welcome willkommen hello hallo hey moin servus letmein changeme enter
open access access system server internet computer laptop handy telefon phone iphone samsung galaxy nokia huawei android
google facebook instagram whatsapp telegram youtube tiktok twitter gmail hotmail yahoo microsoft windows apple internet
love liebe liebling lieb iloveyou ilove loveyou loveme lovely you me ichliebedich ich dich schatz schatzi hase hasi maus mausi engel
baby babygirl girl boy princess prinzessin prince prinz queen king koenig königin angel sunshine sonne sonnenschein
sonnenblume sun moon mond star stern sterne flower flowers blume blumen rose rosen butterfly schmetterling rainbow
regenbogen heart herz mein meine my summer sommer winter spring frühling fruehling herbst autumn monday montag dienstag
mittwoch donnerstag freitag friday samstag sunday sonntag january januar february februar march märz april june juni july
juli august september october oktober november december dezember family familie mama mami mutter mother mum papa vater
father daddy mommy bruder brother schwester sister oma opa kind kinder child children tochter sohn freundin freund friend
friends forever immer always never nothing whatever football fussball fußball soccer baseball basketball hockey tennis
bayern muenchen münchen dortmund schalke hertha juventus arsenal chelsea liverpool barcelona realmadrid madrid galatasaray
fenerbahce besiktas dynamo money geld gold golden silver diamond diamant lucky glück glueck happy life leben live freedom
freiheit peace frieden hope hoffnung faith dream dreams traum home house haus garten garden school schule arbeit work job
coffee kaffee tea schokolade chocolate cookie cookies banana banane apple apfel orange cherry kirsche erdbeere strawberry
pizza cheese pepper peanut sugar zucker honey honig water wasser fire feuer earth erde ocean meer strand beach mountain
dragon drache monkey affe tiger lion löwe loewe panther eagle adler wolf bear bär baer horse pferd hund dog katze cat kitty
kitten fish fisch delfin dolphin rabbit vogel bird spider hamster pokemon pikachu naruto batman superman spiderman starwars
disney mickey minnie hellokitty barbie elsa harry potter master hunter killer shadow ninja warrior ranger knight magic
matrix phoenix thunder storm blizzard gandalf merlin legend hero winner champion player gamer minecraft fortnite music
musik guitar gitarre dance dancer movie star super mega power ultra turbo speed racing ferrari porsche mercedes audi bmw
volkswagen toyota mustang corvette yamaha honda black schwarz white weiss weiß red rot blue blau green grün gruen yellow
gelb pink purple lila brown grey good gut best beste bester cool sexy hot sweet süß suess süsse beautiful schön schoen
crazy funny fuck fuckyou shit bitch asshole scheisse scheiße arschloch trustno one two three four five six seven eight
nine ten eins zwei drei vier fünf abc xyz america usa germany deutschland german deutsch berlin hamburg köln koeln
frankfurt stuttgart leipzig dresden chemnitz sachsen zwickau europa europe london paris newyork istanbul ankara türkiye
turkiye turkey damascus damaskus aleppo syria syrien beirut bagdad baghdad iraq irak kabul afghanistan tehran teheran iran
kyiv kiev kiew kharkiv charkiw odessa odesa lviv lemberg mariupol ukraine ukraina slava slavaukraini moskau moscow russia
russland warschau polska poland kurdistan somalia eritrea nigeria allah allahakbar bismillah mashallah inshallah
alhamdulillah quran koran islam ramadan muslim mohammed mohammad muhammad mohamed ahmad ahmed mahmoud ali hassan hussein
hussain omar mustafa ibrahim youssef yusuf khaled abdullah abdul karim fatima fatma aisha ayse aysha mariam maryam zainab
zeynep khadija layla leila leyla noor nour nur sara sarah yasmin jasmin amina amira salma huda rania dina hala reem lina
lana maya mona nadia samira farah zahra habibi habibti hayati omri albi yalla salam marhaba bahebak ahebak elif emine
hatice merve esra mehmet murat kemal emre canim askim seni seviyorum sevgi guzel türk rojin berivan dilan azad heval
anna maria marie sofia sophia sofie emma mia hannah lea lena laura julia lisa sabine petra monika claudia andrea martina
nicole jessica michelle jennifer amanda ashley samantha elizabeth victoria katharina christina stefanie melanie vanessa
daniel michael thomas andreas stefan peter martin alexander sascha maximilian max felix leon lukas paul jonas david robert
jordan anthony joshua matthew andrew charlie george william oliver justin brandon hannover natasha natalia natali olena
elena oksana iryna irina tetiana tatiana tanja svetlana svitlana kateryna ekaterina yulia julija anastasia nastya daria
dasha marina larisa valentina halyna galina ludmila oleksandr aleksandr andriy andrey sergey serhiy dmytro dmitry mykola
nikolai ivan volodymyr vladimir viktor maksim maxim bogdan lyubov lubov ljubov kohana kokhana solnyshko sonechko kotik
parol privet pryvit mamma babushka dochka zaika zayka malyshka krasotka jesus christ christus gott god heaven himmel
пароль любов любовь привіт привет кохання сонце солнце сонечко мама тато папа україна слава украина киев київ наталія
наталья олена елена марія мария анна оксана ірина ирина тетяна татьяна юлія юлия настя максим саша андрій андрей сергій
محمد احمد أحمد علي حسن حسين فاطمة مريم عائشة زينب ليلى نور سارة سوريا سورية دمشق حلب العراق بغداد الله بسم اكبر كلمة كلمةالسر
السر سر مرور حبيبي حبيبتي حياتي قلبي عمري احبك أحبك بحبك ماما بابا مرحبا سلام السلام عليكم رمضان قران افغانستان کابل دوست عشق زندگی
skate skateboard board wrestling nightmare cinderella casablanca enterprise craft starcraft warcraft marketing washington
walker skywalker bubble gum bubblegum cash cream call duty snow flake light lighthouse rocknroll ironmaiden revolution
evolution wildcats lavender lavendel gladiator playstation xbox nintendo hammer pink floyd true radio radiohead cakes bless
australia gorgeous disturbed chevrolet motocross universal university jefferson taekwondo cinnamon zimt unicorn einhorn
california manchester volleyball handball gymnastics mitsubishi lamborghini metallica sebastian hollywood birmingham
weltmeister eintracht leverkusen bremen wochenende weekend melon melone berry beere anything something nevermind
understand remember beautiful wonderful halloween christmas weihnachten ostern geburtstag birthday telefonnummer nummer
number sicher sicherheit security account konto benutzer user name katze hunde pferde elefant elephant krokodil crocodile
together strong stronger community gemeinschaft verein netzwerk network frauen frau women woman mentor mentoring integration
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => [...word].length >= 3));

/** Alphabets and neighbouring keys; a piece of one, in either direction, is one guess. */
const ROWS = [
  '01234567890123456789',
  '13579246801357924680',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  'qwertyuiop[]',
  'qwertzuiopü+',
  'azertyuiop',
  'asdfghjkl;',
  'asdfghjklöä#',
  'qsdfghjklm',
  'zxcvbnm,./',
  'yxcvbnm,.-',
  'wxcvbn',
  'йцукенгшщзхї',
  'йцукенгшщзхъ',
  'фівапролджє',
  'фывапролджэ',
  'ячсмитьбю',
  'ضصثقفغعهخحجد',
  'شسيبلاتنمكط',
  'ئءؤرلاىةوزظ',
  '1q2w3e4r5t6y7u8i9o0p',
  '1q2w3e4r5t6z7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'q1w2e3r4t5z6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1qay2wsx3edc4rfv5tgb6zhn7ujm8ik9ol0p',
  'a1b2c3d4e5f6g7h8i9j0',
  '1a2b3c4d5e6f7g8h9i0j',
  'qazwsxedcrfvtgbyhnujmikolp',
  'qayxswedcvfrtgbnhzujmkiolp',
  'zaqxswcdevfrbgtnhymjukilop',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  '147258369',
  '159357456',
  '159753456852',
  '!@#$%^&*()_+',
  '!"§$%&/()=?',
];
const reversed = (text: string): string => [...text].reverse().join('');

/** One text in which every piece of a row can be found; rows cannot run into each other. */
export const KEY_ROWS = ROWS.flatMap((row) => [row, reversed(row)]).join('\n');
