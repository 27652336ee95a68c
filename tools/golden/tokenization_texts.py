"""The texts of the tokenization goldens: many scripts, and text that wants to break a tokenizer."""

# Article 1 of the Universal Declaration of Human Rights, its first sentence or so (public domain).
MULTILINGUAL = [
    "All human beings are born free and equal in dignity and rights.",
    "They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.",
    "Tous les êtres humains naissent libres et égaux en dignité et en droits. L'été, à Noël : œuvre, garçon, où ?",
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Straße, GROẞ, Größe, Übermut, Fuß",
    "Todos los seres humanos nacen libres e iguales en dignidad y derechos. ¿Mañana? ¡Señor, pingüino!",
    "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Coração, São João, não",
    "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Perché così è la città",
    "Alla människor är födda fria och lika i värde och rättigheter. Ångström, Öland, ærø, Þór, eð",
    "Wszyscy ludzie rodzą się wolni i równi w swojej godności i prawach. Zażółć gęślą jaźń, Łódź",
    "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Příliš žluťoučký kůň",
    "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Árvíztűrő tükörfúrógép",
    "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. İstanbul, ISPARTA, ığdır, Iğdır, İİıI",
    "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Việt Nam, ƠƯ ơư",
    "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια. ΟΔΥΣΣΕΥΣ ΣΑΣ, ᾳ ᾼ ὢ ΐ ΰ",
    "Все люди рождаются свободными и равными в своем достоинстве и правах. Ёлка, Йод, ѐ ѝ Ї є Ґ ґ",
    "Всі люди народжуються вільними і рівними у своїй гідності та правах. Їжак, щастя",
    "Բոլոր մարդիկ ծնվում են ազատ ու հավասար՝ իրենց արժանապատվությամբ և իրավունքներով։",
    "ყველა ადამიანი იბადება თავისუფალი და თანასწორი. ᲥᲐᲠᲗᲣᲚᲘ ქართული ⴀⴁ Ⴀ",
    "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. السَّلامُ عَلَيْكُمْ ، ؟ ؛ ٱللَّٰه ١٢٣",
    "תמי בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. בְּרֵאשִׁית בָּרָא אֱלֹהִים ־ ״ ׳ שּׁ",
    "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ ۱۲۳ می‌خواهم",
    "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है। क़ ख़ ड़ फ़ ॐ १२३ ॥",
    "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। ড় ঢ় য় ো",
    "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; கொ கௌ ஸ்ரீ",
    "ప్రతిపత్తిస్వత్వముల విషయమున మానవులెల్లరును జన్మతః స్వతంత్రులును సమానులును నగుదురు. ై",
    "ಎಲ್ಲಾ ಮಾನವರೂ ಸ್ವತಂತ್ರರಾಗಿಯೇ ಜನಿಸಿದ್ದಾರೆ. ಕೊ ಕೋ",
    "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടുംകൂടി ജനിച്ചിട്ടുള്ളവരാണ്‌. ൻ ർ",
    "සියලු මනුෂ්‍යයෝ නිදහස්ව උපත ලබා ඇත. කෝ කේ",
    "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ น้ำ ๑๒๓ ฿",
    "ມະນຸດທຸກຄົນເກີດມາມີສິດເສລີພາບ ໜ ໝ",
    "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས། གྷ ཀྵ",
    "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် မွေးဖွားလာသူများဖြစ်သည်။ ဦ",
    "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព។ ០១២",
    "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
    "人人生而自由﹐在尊嚴和權利上一律平等。他們賦有理性和良心﹐並應以兄弟關係的精神互相對待。豈更車賈滑",
    "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。ガギグ が ヴ ゞ ー ｶﾞ ﾊﾟ",
    "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 각 \u1100\u1161\u11a8 \u1112\u1161\u11ab글 ㄱㅏ",
    "ሰብአዊ ፍጡር ሁሉ ነጻና በክብርና መብቶች እኩልነት ያለው ሆኖ የተወለደ ነው። ፩፪፫",
    "ᎾᏂᎥ ᎠᏂᏴᏫ ᎨᏥᏳᎳᏅᎯ ꮎꮒꭵ Ꭰ ᏸ ꭰ",
    "Бүх хүн төрж мэндлэхэд эрх чөлөөтэй. ᠬᠦᠮᠦᠨ ᠪᠦᠷ ᢅ ᢆ ᠋",
    "ⵉⵎⴷⴰⵏⵏ ⴰⴽⴽⵯ ߊ߲ ߓߍ߯ 𞤀𞤁𞤂 𞤢𞤣𞤤 𐐀𐐁 𐐨𐐩 𐌰𐌱𐌲 𒀀𒁀 𓀀𓁐",
]

UNICODE = [
    # Composed and decomposed, in every order of marks.
    "é e\u0301 É E\u0301 ê\u0323 ệ e\u0323\u0302 e\u0302\u0323 ǘ u\u0308\u0301 Å \u212b A\u030a ñ n\u0303",
    "\u0344 \u0340 \u0341 \u0343 \u0374 \u037e \u0387 \u1fef \u1ffd \u2126 \u212a \u2000 \u2001 \u2329 \u232a",
    "\u0301 \u0301abc a\u0301\u0301\u0301\u0301 \u0378\u0301 \u034f a\u034f\u0323\u0301b \u20dd a\u20dd \u0488",
    "İ i\u0307 I\u0307 ı I i ß ẞ ſ ŉ ǰ ΐ ﬀ ﬁ ﬃ ﬅ Ǆ ǅ ǆ ǈ ᾈ ᾳ Σ σ ς ΌΣΟΣ K Å Ω ᲀ Ა Ꭰ ꭰ Ɐ Ⓐ ⓐ Ⅷ ⅷ Ａ ａ",
    "a\u302eb a\u302e\u302fb a\u302f\u302eb \U0001d165\U0001d16d x\U0001d16d\U0001d165\U0001d157\U0001d165",
    "각 \u1100\u1161\u11a8 가\u11a8 \u1100 \u1161 \u11a8 \ua960 \ud7b0 \ud7cb 힣 \u1100\u1161\u0323\u11a8 ㈀ ｱ ﾡ",
    "豈 \ufa0e \ufa0f \ufa20 \U0002f800 \U0002fa1d \U00020000 \U0002a6d6 \U0002b740 \U0002b820 \U0002b91f \U0002b920 "
    "\U0002ceb0 \U00030000 \u3007 \u3400 \u4dbf \u4dc0 \u9fff \u3021 々 〆 ヶ ⺀ ⼀ ㍿",
    "中\u0301文 a中b中 中 中\u302a 中.中 中中中",
    # Emoji: joiners, skin tones, flags, keycaps, variation selectors, tags.
    "👩‍👩‍👧‍👦 👍🏽 👨🏿‍🚀 🇩🇪🇫🇷🇯 1️⃣ #️⃣ ❤️ ❤︎ ☺ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🫠🫨🪿 🥹",
    "a👍b 👍👍 :-) ;) ¯\\_(ツ)_/¯ (╯°□°)╯︵ ┻━┻ ʕ•ᴥ•ʔ",
    # Characters of every age, among them some that the original's tables have never heard of.
    "\u08e2 \u0890 \u061c \u061d \u09fd \u09fe \u0c04 \u0c77 \u0c84 \u1734 \u166d \u1885 \u1886 \u180f \u1ac0 \u1df6 "
    "\u2e43 \u2e52 \u2e5d \ua7cb \ua7dc \u1c89 \U00010d50 \U00010ead \U000111c9 \U00011938 \U00011935\U00011930",
    "\U000105c9 \U000105d2\U00000307 \U00016121 \U0001611e\U0001611e \U00016d68 \U00016ea0 \U0001e900 \U0001e944 "
    "\U0001e95e \U00011383 \U000113c5 \U0001cf00 \U0001fae9 \u20c0 \u20c1 \u0cf3 \u0ecE",
    # Symbols and punctuation.
    "$+<=>^`|~ !\"#%&'()*,-./:;?@[\\]_{} ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿×÷ €₽₿ ‐‑‒–—―‖‗‘’‚‛“”„‟†‡•‣…‰′″‹›※‼‽‾‿⁀",
    "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋, ∑∏∫√∞≈≠≤≥⊂⊃⊆⊇⊕⊗ ∂∇ αβγ ℵ₀ ² ₂ ½ ⅓ ℃ № ™ ← ↑ → ⇒ ■ □ ▲ ● ☀ ♥ ✓ ⟨⟩ ⟦⟧ 𝐀𝑎𝔸𝟘 𝒜",
    "、。〃〈〉《》「」『』【】〒〓〔〕〖〗〘〙〚〛〜〝〞〟〰〽 ！＂＃＄％＆＇（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～｟｠｡｢｣､･ ￠￡￥￦",
    "՚ ՛ ՜ ՝ ՞ ՟ ։ ֊ ־ ׀ ׃ ׆ ״ ؉ ؊ ، ؍ ؞ ؟ ٪ ٫ ٬ ٭ ۔ ܀ ߷ ࠰ ࡞ । ॥ ॰ ෴ ๏ ๚ ༄ ༔ ༺ ༽ ྅ ࿐ ၊ ჻ ፠ ᐀ ᙭ ᙮ ᚛ ᚜ ᛫ ᜵ ។ ៗ ᠀ ᠆ ᥄ ᨞ ᪠ ᭚ ᯼ ᰻ ᱾ ᳀ ᳓",
]

HOSTILE = [
    "", " ", "   ", "\t\r\n", "\u00a0", "\u3000\u2003", "\u200b", "\ufeff", "\x00", "\ufffd", "\u0301", "\x7f\x80\x9f",
    "a\x00b", "a\ufffdb", "\ufeffabc", "ab\u200bcd", "ab\u200c\u200dcd", "a\u00adb", "a\u2060b", "\ue000", "a\ue000b",
    "a\U000f0000b", "a\U0010fffdb", "\u0378", "a\u0378b", "\U000e0000a", "\ufffe\uffff a\ufdd0b", "\ud7ff\ue000", "\U00010000\U0010ffff",
    "a\tb\nc\rd\r\ne\x0bf\x0cg\x1ch\x1di\x1ej\x1fk\x85l\u2028m\u2029n\u00a0o\u1680p\u2007q\u202fr\u205fs\u3000t\u180eu",
    "\x01\x02a\x03\x1bb\x08 \x07", "\u202eright to left\u202c \u2066isolated\u2069 \u200e\u200f", "\ufff9a\ufffab\ufffb",
    "e\x00\u0301", "e\u200b\u0301", "e\ufffd\u0323\u200d\u0301", "e \u0301", "\u0301\u0301\u0301", "a\u0301 " * 20,
    "[CLS] [SEP] [MASK]", "[CLS][SEP][MASK][PAD][UNK]", "a[SEP]b", "x [MASK]y", "[ SEP ] [SEP ] [ SEP]", "[sep] [Sep] [mask]",
    "[[SEP]] [SEP [SEP]SEP] ]SEP[", "[SE\u200bP]", "[SEP]\u0301", "\u0301[SEP]", "[unused1] [unused99]", "##ing ##s # # ing ###", "running##ing",
    "[CLS]" * 40, "[MASK]. [MASK], ([MASK])", "[S[SEP]EP]", "[PAD] [PAD]",
    "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "e\u0301" * 100, "e\u0301" * 101, "\u0301" * 300 + "a", "x" * 10000,
    "a" * 100 + " " + "b" * 101, "a" * 100 + "." + "b" * 101 + ".", "a" * 100 + "中", "가" * 33, "가" * 34, "가" * 100,
    "ab " * 300, "." * 300, "中" * 300, "a." * 200, "the quick brown fox jumps over the lazy dog " * 12, "antidisestablishmentarianism " * 60,
    "supercalifragilisticexpialidocious", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "http://example.org/a/b?c=d&e=f#g", "user.name+tag@example.co.uk", "C:\\Windows\\System32", "/usr/lib/x86_64-linux-gnu/libc.so.6",
    "1234567890 3.14159 1,000,000 0xDEADBEEF 1e-9 ٣٫١٤", "U.S.A. e.g. i.e. don't won't it's 'tis rock'n'roll", "snake_case camelCase SCREAMING kebab-case",
    "<html><body>&amp; &lt;p&gt;</body></html>", "{\"key\": [1, 2, null], \"a\\u00e9\": \"\\n\"}", "def f(x): return x**2 # comment", "SELECT * FROM t WHERE a='b' -- x",
    "Z\u0351\u036b\u0343\u0363A\u0349\u0319\u0348L\u0321\u0353G\u0322\u0320O\u035d\u0348", "ﷺ ﷽ 𒐫 ꧅ ௵", "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "A" * 50 + "\u0130" * 60, "\u0130" * 100, "\u0130" * 101, "ß" * 100, "ŉ" * 60, "\u1e9b\u0323 ẛ̣", "ΑΣ ΑΣ. ΑΣΑ Σ", "ǅungla Ǆ ǆ",
]

ADDED = [
    "new york New York NEW YORK NewYork", "a<left>  b <left> c<left>", "a  <left>", "  <left>  <left>", "<right>   a<right>b <right>",
    "<both>  x  <both>  y<both>", "  <both>  <both>  ", "<left><right><both>", "word sword words word. (word) word-word _word_ wordé \u0301word word\u0301 wordword word",
    "café CAFÉ cafe cafe\u0301 CAFE\u0301 cafés", "abc abcd abcde ab abcdef abcabcd", "[new1] [NEW1] [new1][new1]", "<left>\u3000\u2003x\u2028<left>\x0b<left>",
    "<right>\u00a0\u3000x<right>\u200b x", "中word中 word中 中word", "wordword word", "word\u200dword word_word word1 1word", "[MASK]<left> [SEP]  <left>", "x" * 5000 + " New York",
    ("lorem ipsum " * 500) + "new york", "new\tyork new  york new\u00a0york new\u200b york",
]

TEXTS = MULTILINGUAL + UNICODE + HOSTILE
