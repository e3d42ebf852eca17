package measure

import (
	"strings"

	"simulate/internal/pattern"
)

// speech is how tables of one language call things. Each text is alternatives of an expression in
// small letters.
type speech struct {
	language string
	rest     string // a remainder
	whose    string // what follows a remainder's word: other vendors
	total    string // a sum of all
	subtotal string // a sum of some
	sumOf    string // what stands before or behind the name of what is summed up
	ofWhich  string // what begins a row that is a part of another: of which
	firm     string // a column of firms
	place    string // a column of what may be members or markets
	date     string // a column of parts of a date
	month    string // names of months and their short forms
	share    string // a column of shares
	unit     string // a column of units or currencies
	change   string // a column of growth
	aside    string // a column that is no member of a wide table: sample sizes, measures, amounts of one market
}

// languages are those of the offices and spreadsheets whose tables are met.
var languages = []speech{
	{
		language: "English",
		rest: `others?|misc\.?|miscellaneous|fringe|n\.?e\.?c\.?|unspecified|unallocated|unattributed|unknown|` +
			`unidentified|rest|row|remainder|remaining|residual|everyone else|everybody else|long tail|tail|all else`,
		whose: `vendors?|firms?|companies|labs?|providers?|suppliers?|countries|brands?|players?|producers?|` +
			`manufacturers?|makers?|models?|sellers?|developers?|organisations?|organizations?|members?|parties|` +
			`browsers?|products?|participants|competitors|companies combined|us|eu|uk|usa|europe|asia|apac|emea|africa|` +
			`americas?|china|international|domestic|foreign|of (the )?(market|world|industry)`,
		total: `total|sum|all|overall|combined|aggregate|world|worldwide|global|industry|market|whole market|` +
			`total market( size)?|market (total|size)|everything`,
		subtotal: `sub-?totals?`,
		ofWhich:  `of which|thereof|including|incl\.?`,
		sumOf:    `total|sum|subtotal`,
		firm: `firm|company|lab|vendor|member|organisation|organization|developer|owner|seller|supplier|provider|brand|` +
			`maker|manufacturer|party|competitor|publisher|operator`,
		place: `name|country|entity|geo|area|region|economy|state|market|location`,
		date:  `year|month|quarter|week|day|date|period|time_period|time period|fiscal year|wave|round`,
		month: `jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|` +
			`nov(ember)?|dec(ember)?`,
		share: `share|percent|percentage|pct|%`,
		unit: `unit|units|unit of measure|unit_measure|units of measure|currency|currencies|curr|ccy|unit_mult|` +
			`unit multiplier|powercode|multiplier|scale|denomination`,
		change: `change|changes|growth|growth rate|cagr|yoy|y/y|qoq|mom|delta|δ|∆|chg|variation|trend|difference`,
		aside: `n|obs|base|base size|sample|sample size|sample_size|respondents|responses|observations|weight|hhi|` +
			`herfindahl|cr\d+|concentration|gini|entropy|market size|market|market value|market volume|market revenue|` +
			`market total|total market|total market size|revenue|revenues|sales|gdp|population|employees|headcount|` +
			`price|prices|cost|costs|profit|profits|capex|index|count|mean|average|median|std|sd|se|margin of error`,
	},
	{
		language: "German",
		rest: `sonstiges?|sonstige[nr]?|sonst\.|andere[nr]?|(die )?übrige[nr]?|restliche[nr]?|weitere|unbekannt|` +
			`nicht zugeordnet|alle anderen`,
		whose: `anbieter|hersteller|unternehmen|firmen|länder|marken|der welt|akteure|wettbewerber`,
		total: `gesamt|gesamtsumme|gesamtergebnis|gesamtmarkt|gesamtwert|insgesamt|zusammen|summe|alle|ergebnis|markt|` +
			`marktvolumen|welt|weltweit|deutschland gesamt`,
		subtotal: `zwischensummen?|teilsummen?|teilergebnis|zwischenergebnis`,
		ofWhich:  `davon|darunter|hiervon`,
		sumOf:    `summe|gesamt|ergebnis|insgesamt|teilergebnis`,
		firm:     `firma|unternehmen|anbieter|hersteller|marke|betreiber|kunde`,
		place:    `land|staat|gebiet`,
		date:     `jahr|monat|quartal|halbjahr|woche|tag|datum|zeitraum|periode|stichtag|geschäftsjahr`,
		month: `jan(uar)?|jänner|feb(ruar)?|mär(z)?|apr(il)?|mai|juni?|juli?|aug(ust)?|sept?(ember)?|okt(ober)?|` +
			`nov(ember)?|dez(ember)?`,
		share: `anteil|marktanteil|prozent`,
		unit:  `einheit|einheiten|masseinheit|maßeinheit|währung|waehrung|währg|waers|wae|whrg`,
		change: `veränderung|veraenderung|wachstum|änderung|aenderung|zuwachs|differenz|vorjahr|zum vorjahr|` +
			`wachstumsrate`,
		aside: `stichprobe|stichprobengröße|befragte|basis|marktvolumen|marktgröße|umsatz|gesamtumsatz|beschäftigte|` +
			`mitarbeiter|einwohner|bevölkerung|preis|preise|bip|anzahl`,
	},
	{
		language: "French",
		rest:     `autres?|divers|(le )?reste|restants?|inconnus?|non (attribué|ventilé|précisé)s?|tous les autres`,
		whose: `entreprises|fournisseurs|pays|sociétés|marques|acteurs|éditeurs|opérateurs|fabricants|concurrents|` +
			`du monde|du marché`,
		total:    `ensemble|totaux|total général|marché|monde|somme|tous|toutes`,
		subtotal: `sous-totaux|sous-total|sous total`,
		ofWhich:  `dont`,
		sumOf:    `total|somme|ensemble`,
		firm:     `entreprise|société|societe|fournisseur|marque|fabricant|acteur|éditeur|opérateur`,
		place:    `pays|zone|nom`,
		date:     `année|annee|mois|trimestre|semestre|semaine|jour|période|periode|exercice`,
		month: `janv(ier)?|févr?(ier)?|mars|avr(il)?|mai|juin|juil(let)?|août|sept(embre)?|oct(obre)?|nov(embre)?|` +
			`déc(embre)?`,
		share:  `part|part de marché|pourcentage`,
		unit:   `unité|unite|unités|devise|monnaie`,
		change: `évolution|evolution|croissance|variation|tcam|écart`,
		aside: `échantillon|effectif|effectifs|répondants|taille du marché|chiffre d'affaires|ca|prix|population|` +
			`pib|nombre`,
	},
	{
		language: "Spanish and Portuguese",
		rest: `otr[oa]s?|(el )?resto|restante?s?|outr[oa]s?|demais|desconocid[oa]s?|desconhecid[oa]s?|` +
			`los demás|las demás|sin asignar|não identificad[oa]s?`,
		whose: `empresas|países|proveedores|marcas|compañías|fabricantes|fornecedores|operadores|competidores|` +
			`concorrentes|del mundo|do mundo|del mercado|do mercado`,
		total:    `suma|suma total|soma|total general|total geral|mercado|mundo|todos|todas|conjunto`,
		subtotal: `subtotal|subtotales|subtotais`,
		ofWhich:  `de los cuales|de las cuales|dos quais|das quais|de ellos`,
		sumOf:    `total|suma|soma`,
		firm:     `empresa|proveedor|fabricante|marca|fornecedor|compañía|operador`,
		place:    `país|pais|región|região|nombre|nome`,
		date:     `año|ano|mes|mês|trimestre|semana|día|dia|fecha|período|periodo|ejercicio`,
		month: `ene(ro)?|jan(eiro)?|feb(rero)?|fev(ereiro)?|mar(zo|ço)?|abr(il)?|mayo?|maio?|jun(io|ho)?|jul(io|ho)?|` +
			`ago(sto)?|sep(t|tiembre)?|set(embro)?|oct(ubre)?|out(ubro)?|nov(iembre|embro)?|dic(iembre)?|dez(embro)?`,
		share:  `cuota|quota|participación|participação|porcentaje|percentagem`,
		unit:   `unidad|unidade|moneda|moeda|divisa`,
		change: `variación|variação|crecimiento|crescimento|cambio|evolución`,
		aside:  `muestra|amostra|encuestados|tamaño del mercado|ingresos|ventas|precio|población|pib`,
	},
	{
		language: "Italian",
		rest:     `altri|altre|altro|altra|rest[oi]|rimanenti|restanti|sconosciut[oi]|non attribuit[oi]`,
		whose:    `operatori|aziende|imprese|fornitori|produttori|marchi|paesi|attori|concorrenti|del mercato`,
		total:    `totale|totali|totale complessivo|totale generale|somma|tutti|tutte|mercato|mondo`,
		subtotal: `subtotale|subtotali|totale parziale`,
		ofWhich:  `di cui`,
		sumOf:    `totale|somma`,
		firm:     `impresa|azienda|fornitore|produttore|marchio|operatore|società`,
		place:    `paese|regione|nome`,
		date:     `anno|mese|trimestre|semestre|settimana|giorno|periodo`,
		month: `gen(naio)?|feb(braio)?|mar(zo)?|apr(ile)?|mag(gio)?|giu(gno)?|lug(lio)?|ago(sto)?|set(t|tembre)?|` +
			`ott(obre)?|nov(embre)?|dic(embre)?`,
		share:  `quota|percentuale`,
		unit:   `unità|valuta|unità di misura`,
		change: `variazione|crescita`,
		aside:  `campione|intervistati|fatturato|ricavi|dimensione del mercato|prezzo|popolazione|pil`,
	},
	{
		language: "Dutch",
		rest:     `overigen?|anderen?|(de )?rest|onbekend`,
		whose:    `bedrijven|aanbieders|leveranciers|merken|landen|spelers|partijen|van de (markt|wereld)`,
		total:    `totaal|eindtotaal|totaal generaal|som|samen|gezamenlijk|alle|markt|wereld`,
		subtotal: `subtotaal|subtotalen|tussentotaal`,
		ofWhich:  `waarvan`,
		sumOf:    `totaal|som`,
		firm:     `bedrijf|aanbieder|leverancier|merk|onderneming`,
		place:    `land|naam|regio`,
		date:     `jaar|maand|kwartaal|week|dag|datum|periode`,
		month: `jan(uari)?|feb(ruari)?|mrt|maart|apr(il)?|mei|juni?|juli?|aug(ustus)?|sept?(ember)?|okt(ober)?|` +
			`nov(ember)?|dec(ember)?`,
		share:  `aandeel|marktaandeel`,
		unit:   `eenheid|valuta`,
		change: `verandering|groei|mutatie`,
		aside:  `steekproef|respondenten|omzet|marktomvang|prijs|bevolking`,
	},
	{
		language: "Swedish, Danish and Norwegian",
		rest:     `övriga?|andra|annat|øvrige|andre|andet|resten|ukendte?|okänd|ukjent`,
		whose:    `företag|leverantörer|leverandører|virksomheder|selskaper|aktörer|aktører|länder|lande|land`,
		total: `totalt|totalsumma|totalsum|hovedtotal|summa|sammenlagt|sammanlagt|tilsammen|i alt|ialt|marknad|` +
			`världen`,
		subtotal: `delsumma|delsum|subtotal|mellansumma`,
		ofWhich:  `varav|heraf|herav`,
		sumOf:    `summa|sum|totalt|total`,
		firm:     `företag|leverantör|virksomhed|selskap|leverandør|bolag|varumärke|mærke|merke`,
		place:    `land|region|namn|navn`,
		date:     `år|månad|kvartal|vecka|dag|datum|måned|uge|uke|dato|period`,
		month: `jan(uari|uar)?|feb(ruari|ruar)?|mar(s|ts)?|apr(il)?|maj|mai|juni?|juli?|aug(usti|ust)?|sept?(ember)?|` +
			`okt(ober)?|nov(ember)?|dec(ember)?|des(ember)?`,
		share:  `andel|marknadsandel|markedsandel`,
		unit:   `enhet|enhed|valuta`,
		change: `förändring|tillväxt|ændring|endring|vækst|vekst`,
		aside:  `urval|omsättning|omsætning|omsetning|pris|befolkning`,
	},
	{
		language: "Polish, Czech and Slovak",
		rest:     `inne|inni|pozostał[eiy]|reszta|nieznan[eiy]|ostatní|jiní|jiné|zbytek|neznámé|ostatné|iné|iní`,
		whose:    `firmy|dostawcy|przedsiębiorstwa|kraje|marki|společnosti|dodavatelé|značky|země`,
		total: `suma|suma końcowa|suma ogólna|razem|ogółem|łącznie|rynek|celkem|celkový součet|součet|spolu|celkom|` +
			`celkový súčet|svět|świat`,
		subtotal: `suma częściowa|suma pośrednia|mezisoučet|medzisúčet|sumy częściowe`,
		ofWhich:  `w tym|z toho|z čeho`,
		sumOf:    `suma|razem|celkem|součet|spolu`,
		firm:     `firma|przedsiębiorstwo|dostawca|spółka|společnost|dodavatel|podnik|marka|značka`,
		place:    `kraj|nazwa|země|krajina`,
		date:     `rok|miesiąc|kwartał|tydzień|dzień|okres|měsíc|čtvrtletí|týden|den|datum|období`,
		month: `sty(czeń)?|lut(y)?|mar(zec)?|kwi(ecień)?|maj|cze(rwiec)?|lip(iec)?|sie(rpień)?|wrz(esień)?|` +
			`paź(dziernik)?|lis(topad)?|gru(dzień)?`,
		share:  `udział|podíl|podiel`,
		unit:   `jednostka|waluta|jednotka|měna|mena`,
		change: `zmiana|wzrost|změna|růst|zmena|rast`,
		aside:  `próba|przychody|obrót|cena|ludność|tržby|obrat`,
	},
	{
		language: "Finnish, Estonian and Hungarian",
		rest:     `muut|muu|loput|tuntematon|muud|ülejäänud|egyéb|egyebek|többi|a többi|ismeretlen`,
		whose:    `yritykset|toimittajat|maat|ettevõtted|cégek|vállalatok|szereplők|országok`,
		total:    `yhteensä|kaikki|kokonaissumma|kokku|kogusumma|összesen|végösszeg|összeg|mindösszesen|piac`,
		subtotal: `välisumma|vahesumma|részösszeg`,
		sumOf:    `yhteensä|summa|kokku|összesen|összeg`,
		firm:     `yritys|toimittaja|ettevõte|cég|vállalat|márka`,
		place:    `maa|nimi|riik|ország|név`,
		date:     `vuosi|kuukausi|neljännes|viikko|päivä|aasta|kuu|kvartal|év|hónap|negyedév|hét|nap|dátum`,
		month: `tammi(kuu)?|helmi(kuu)?|maalis(kuu)?|huhti(kuu)?|touko(kuu)?|kesä(kuu)?|heinä(kuu)?|elo(kuu)?|` +
			`syys(kuu)?|` +
			`loka(kuu)?|marras(kuu)?|joulu(kuu)?|jaan(uar)?|veebr(uar)?|märts|aprill|juuni|juuli|dets(ember)?|` +
			`jan(uár)?|febr?(uár)?|márc(ius)?|ápr(ilis)?|máj(us)?|jún(ius)?|júl(ius)?|szept(ember)?`,
		share:  `osuus|osakaal|részesedés|arány`,
		unit:   `yksikkö|valuutta|ühik|valuuta|egység|mértékegység|pénznem`,
		change: `muutos|kasvu|muutus|kasv|változás|növekedés`,
		aside:  `otos|liikevaihto|hinta|väestö|käive|valim|minta|árbevétel|ár|népesség`,
	},
	{
		language: "Turkish and Romanian",
		rest:     `diğer|diğerleri|geri kalan|bilinmeyen|alt(ele|ii)|restul|celelalte|necunoscut`,
		whose:    `şirketler|firmalar|markalar|ülkeler|companii|firme|furnizori|țări`,
		total:    `toplam|genel toplam|tümü|hepsi|pazar|dünya|total general|suma|piață|lume`,
		subtotal: `ara toplam|alt toplam|subtotal`,
		sumOf:    `toplam|toplamı|total`,
		firm:     `şirket|firma|marka|tedarikçi|companie|furnizor|marcă`,
		place:    `ülke|bölge|țara|țară|nume`,
		date:     `yıl|ay|çeyrek|hafta|gün|tarih|dönem|an|lună|trimestru|săptămână|zi`,
		month: `ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|` +
			`ian(uarie)?|febr(uarie)?|martie|aprilie|iunie|iulie|septembrie|octombrie|noiembrie|decembrie`,
		share:  `pazar payı|yüzde|cotă|procent`,
		unit:   `birim|para birimi|unitate|monedă`,
		change: `değişim|büyüme|schimbare|creștere`,
		aside:  `örneklem|gelir|ciro|fiyat|nüfus|eșantion|venituri|preț`,
	},
	{
		language: "Russian, Ukrainian, Bulgarian and Greek",
		rest: `прочие|прочее|другие|другое|остальные|остальное|неизвестно|інші|решта|други|останали|λοιπ(οί|ές|ά)|` +
			`άλλ(οι|ες|α)|υπόλοιπ(οι|ες|α)`,
		whose: `компании|поставщики|производители|страны|бренды|фирмы|компанії|фирми|εταιρείες|χώρες`,
		total: `итого|итог|общий итог|всего|сумма|рынок|мир|разом|усього|загальний підсумок|общо|σύνολο|` +
			`γενικό σύνολο|σ|∑`,
		subtotal: `промежуточный итог|подытог|проміжний підсумок|междинна сума|μερικό σύνολο|υποσύνολο`,
		ofWhich:  `в том числе|из них|у тому числі`,
		sumOf:    `итог|итого|всего|разом|підсумок|общо|σύνολο`,
		firm:     `компания|фирма|поставщик|производитель|бренд|компанія|εταιρεία|επιχείρηση`,
		place:    `страна|регион|название|країна|назва|държава|χώρα|όνομα`,
		date:     `год|месяц|квартал|неделя|день|дата|период|рік|місяць|година|έτος|μήνας|τρίμηνο|ημερομηνία`,
		month: `янв(арь)?|фев(раль)?|март?|апр(ель)?|май|июнь?|июль?|авг(уст)?|сент?(ябрь)?|окт(ябрь)?|ноя(брь)?|` +
			`дек(абрь)?|ιαν(ουάριος)?|φεβ(ρουάριος)?|μάρ(τιος)?|απρ(ίλιος)?|μάι(ος)?|ιούν(ιος)?|ιούλ(ιος)?|` +
			`αύγ(ουστος)?|σεπ(τέμβριος)?|οκτ(ώβριος)?|νοέ(μβριος)?|δεκ(έμβριος)?`,
		share:  `доля|частка|дял|μερίδιο|ποσοστό`,
		unit:   `единица|единица измерения|валюта|одиниця|мярка|μονάδα|νόμισμα`,
		change: `изменение|рост|прирост|зміна|зростання|промяна|μεταβολή|αύξηση`,
		aside:  `выборка|выручка|цена|население|виручка|δείγμα|έσοδα|τιμή|πληθυσμός`,
	},
	{
		language: "Chinese, Japanese and Korean",
		rest:     `その他|其他|其它|其餘|其余|他|残り|未知|未分類|不明|기타|나머지|그 외`,
		whose:    `企業|企业|公司|厂商|廠商|メーカー|各社|国家|기업|업체|국가`,
		total:    `合計|合计|総計|总计|總計|总和|總和|汇总|彙總|計|全体|全部|全球|世界|总额|總額|総額|총계|합계|전체|총합|세계`,
		subtotal: `小計|小计|소계|部分和`,
		ofWhich:  `其中|うち|이 중`,
		sumOf:    `合計|合计|计|計|汇总|彙總|小計|小计|합계|요약|集計`,
		firm:     `企業|企业|公司|会社|厂商|廠商|供应商|供應商|メーカー|ベンダー|品牌|ブランド|기업|회사|업체|브랜드`,
		place:    `国家|國家|国|地区|地區|地域|名称|名稱|국가|지역|이름`,
		date:     `年|月|季度|季|週|周|日|日期|日付|年份|年度|期間|时间|時間|연도|년|월|분기|날짜|기간`,
		share:    `份额|份額|市场份额|占比|シェア|割合|比率|점유율|비율`,
		unit:     `单位|單位|単位|币种|幣別|货币|貨幣|通貨|단위|통화`,
		change:   `变化|變化|增长|增長|增长率|变动|変化|成長率|前年比|同比|环比|증감|성장률|변화`,
		aside:    `样本|樣本|样本量|サンプル数|回答者数|市场规模|市場規模|销售额|売上|売上高|价格|人口|표본|매출|시장 규모|가격|인구`,
	},
	{
		language: "Arabic, Hebrew, Persian and Hindi",
		rest:     `أخرى|آخرون|غيرها|الباقي|אחרים|אחר|שאר|سایر|دیگر|بقیه|अन्य|शेष`,
		total:    `المجموع|الإجمالي|المجموع الكلي|إجمالي|סה"כ|סך הכל|جمع|جمع کل|مجموع|कुल|योग|कुल योग`,
		subtotal: `المجموع الفرعي|סכום ביניים|جمع جزء|उप-योग`,
		sumOf:    `إجمالي|مجموع|סה"כ|جمع|कुल|योग`,
		firm:     `الشركة|شركة|חברה|شرکت|कंपनी`,
		place:    `البلد|الدولة|מדינה|کشور|देश`,
		date:     `السنة|سنة|الشهر|التاريخ|שנה|חודש|רבעון|תאריך|سال|ماه|वर्ष|माह|तिमाही`,
		share:    `الحصة|حصة|נתח|سهم|हिस्सा`,
		unit:     `الوحدة|العملة|יחידה|מטבע|واحد|ارز|इकाई|मुद्रा`,
	},
	{
		language: "Indonesian, Vietnamese and Thai",
		rest:     `lainnya|lain-lain|sisanya|khác|còn lại|อื่นๆ|อื่น ๆ`,
		total:    `jumlah|total keseluruhan|tổng|tổng cộng|tổng số|รวม|รวมทั้งหมด`,
		sumOf:    `total|jumlah|tổng|รวม`,
		firm:     `perusahaan|công ty|บริษัท`,
		place:    `negara|quốc gia|ประเทศ`,
		date:     `tahun|bulan|năm|tháng|quý|ปี|เดือน`,
		share:    `pangsa|thị phần|ส่วนแบ่ง`,
		unit:     `satuan|mata uang|đơn vị|tiền tệ|หน่วย`,
	},
}

// spoken are the alternatives of one kind of word in all languages.
func spoken(of func(speech) string) string {
	var all []string
	for _, l := range languages {
		if words := of(l); words != "" {
			all = append(all, words)
		}
	}
	return strings.Join(all, "|")
}

// columnCalled is the expression of the names of a kind of column, without what stands in brackets
// behind them.
func columnCalled(of func(speech) string) word {
	return word{&tells{pattern.Late(`(?i)^(` + spoken(of) + `)s?$`), func(string) bool { return true }}}
}

var (
	firmColumn   = columnCalled(func(l speech) string { return l.firm })
	placeColumn  = columnCalled(func(l speech) string { return l.place })
	dateColumn   = columnCalled(func(l speech) string { return l.date })
	shareColumn  = columnCalled(func(l speech) string { return l.share })
	unitColumn   = columnCalled(func(l speech) string { return l.unit })
	changeColumn = columnCalled(func(l speech) string { return l.change })
	asideColumn  = columnCalled(func(l speech) string { return l.aside })
	// Columns of whole numbers that are no amounts, of what the amounts are of, and of remarks.
	indexColumn = columnCalled(func(speech) string {
		return `rank|rang|ranking|position|pos|id|no|nr|number|index|row|line|code|#|platz`
	})
	quantityColumn = columnCalled(func(speech) string {
		return `indicators?( name| code)?|series( name| code)?|measures?|metrics?|variables?|items?|statistics?|` +
			`indic\w*|na_item|subject|kennzahl|merkmal|indicateur|indicador|indicatore`
	})
	// variableColumn is what programs call names of columns in long form, of members or quantities.
	variableColumn = columnCalled(func(speech) string { return `variables?|items?|series` })
	flagColumn     = columnCalled(func(speech) string {
		return `(obs_?)?flags?( codes?)?|(obs_?|conf_?)?status|observation status|observation flag.*|footnotes?|notes?|` +
			`remarks?|comments?|sources?|dataflow|last update|decimals|precision|base_per|base period|structure(_\w+)?|` +
			`quelle|bemerkung|anmerkung`
	})
)
