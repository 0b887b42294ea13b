package themes_test

import "broadsheet/internal/locale"

var valmere = town{
	language: "en", zone: "UTC", name: "The Valmere Courier", tagline: "News of the harbour, the hills and the towns between", calendar: locale.Gregorian,
	place: "Valmere", country: "Ostland", source: "Dispatches", credit: "Dispatches / Jon Vale",
	sections: []string{"Town", "Opinion", "Harbour", "Region", "Culture", "Sport", "Science"},
	authors:  []string{"Mira Halden", "Jonas Vale", "Ida Sorrel", "Tomas Brek", "Leonie Ashgrove", "Petr Olsany"},
	topics:   []string{"Old Bridge", "Harbour Board", "Mira Halden", "Public works"},
	stories: []story{
		{"Public works", "The old bridge will open again in May, nine weeks early", "Crews finished the last of the forty-two ribs on Friday night. The harbour board says foot traffic comes first, then trams, then everything else."},
		{"Libraries", "Karsk gives its reading room back to the night readers", "After two winters of early closing, the library will keep its lamps on until midnight from Monday."},
		{"Weather", "A second storm turns north and spares the orchards", "Growers in the Lower Tarn expected frost. They got rain, and were glad of it."},
		{"", "Ferry crews and the board agree on winter hours", "The agreement ends eleven days of short sailings between Valmere and the islands."},
		{"", "What a bridge is for", "We argued for years about what it costs. It is time to talk about whom it carries."},
		{"", "Leave the harbour lights alone", "Darkness is not a saving if it ends on the rocks."},
		{"", "A word for the slow tram", "Eleven minutes is long enough to read a page and look up once."},
		{"", "Council puts school meals on the spring budget", ""},
		{"", "Two boats collide off Skerry Point; nobody hurt", ""},
		{"", "Ostland Rovers lose their captain until summer", "A torn ligament, said the club doctor, and no shortcuts."},
		{"", "Water turned off in Mill Street until Sunday noon", ""},
		{"", "Seven applicants for the post of harbour master", ""},
		{"", "Museum finds a missing atlas in its own cellar", "It had been catalogued as a tray."},
		{"", "Fishing quota for herring raised by a tenth", ""},
		{"Football", "Karsk win the derby in the ninety-fourth minute", "A corner nobody wanted to take, and a header nobody saw."},
		{"Rivers", "The Tarn runs clear for the first time in a generation", "Engineers credit the new reed beds; the herons credit nobody and have simply come back."},
		{"", "A violin maker of Brede wins the country’s craft prize", "She works in a former telephone exchange and keeps the switchboard."},
		{"", "Night trains to the coast return in June, with two sleeping cars and a rule about suitcases", "Tickets will be sold from the first of April."},
	},
	standfirst: "The old bridge carried trams for ninety years before engineers found the crack in its third rib, and the bridge has been closed to all traffic since the autumn.",
	query:      "bridge", note: "An earlier version of this article said that the bridge was built in 1913. It was built in 1931.",
	comments: []string{"I crossed it every day for thirty years. My daughter has never crossed it at all.\n\nThank you for the drawing of the ribs; I finally understand what was wrong.", "Foot traffic first is the right order.", "Will the tram stop at the north bank be moved? The article does not say."},
	body: `The old bridge between the two banks will open to people on foot on 9 May, nine weeks before the date that the harbour board had promised in the autumn, the board’s chair said on Friday evening.

The last of the forty-two steel ribs was lifted into place at 23.10 by the floating crane *Patience*, in front of some two hundred people who had come down to the quay with lamps and folding chairs.

> We said July because we meant it. Then the winter was kind to us, and the welders were better than our timetable.
> — Mira Halden, harbour master

The bridge, built in 1931, carried trams for ninety years before a routine inspection found a crack in the third rib. It has been closed to all traffic since October. Ferries took up the load: 11,400 passengers a day, the board says, on boats that were built for half of that.

## What opens when

Foot traffic comes first. Trams follow in June, once the rails have been ground, and cars not before the autumn. Heavy lorries will not come back at all; they are to use the new road by [Skerry Point](https://karsk.example/road).

| Stage | Date | Load |
|---|---|---|
| On foot, bicycles | 9 May | 4 t |
| Trams, line 2 | 20 June | 38 t |
| Cars and vans | September | 60 t |

::: fact
## The bridge in figures

- built in 1931, 412 metres long
- forty-two ribs, of which nineteen are new
- 71 million crowns, six less than planned
:::

“I never minded the ferry,” said Tomas Brek, who sells newspapers at the north landing. “But you cannot lean on a ferry.”

> The board’s own report of November put the odds of an early opening at one in five.

A Karsk paper put it in its own words: «پل کهنه زودتر از آنچه گفته بودند باز می‌شود.»

!embed https://video.example/8812 "The last rib goes in: the night on the quay" {provider="Harbour TV"}

The board will publish its full accounts on the first of June.

::: note
The writer’s brother works as a welder on the bridge.
:::`,
}

var valmereFa = town{
	language: "fa", zone: "UTC", name: "پیک والمر", tagline: "خبرهای بندر، تپه‌ها و شهرهای میان آن‌ها", calendar: locale.Persian, prefix: "/fa",
	place: "والمر", country: "اوستلند", source: "دیسپچز", credit: "دیسپچز / یونا واله",
	sections: []string{"شهر", "دیدگاه", "بندر", "منطقه", "فرهنگ", "ورزش", "دانش"},
	authors:  []string{"میرا هالدن", "یوناس واله", "آیدا سورل", "توماس برک", "لئونی اشگرو", "پتر اولسانی"},
	topics:   []string{"پل کهنه", "هیئت بندر", "میرا هالدن", "کارهای عمرانی"},
	stories: []story{
		{"کارهای عمرانی", "پل کهنه نه هفته زودتر، در اردیبهشت باز می‌شود", "کارگران شامگاه جمعه آخرین دنده از چهل‌ودو دنده پل را نصب کردند. به گفته هیئت بندر، نخست راه برای پیاده‌ها باز می‌شود، سپس تراموا و آنگاه دیگران."},
		{"کتابخانه‌ها", "کارسک تالار مطالعه را به شب‌خوان‌ها پس می‌دهد", "پس از دو زمستان تعطیلی زودهنگام، چراغ‌های کتابخانه از دوشنبه تا نیمه‌شب روشن می‌ماند."},
		{"آب‌وهوا", "توفان دوم به شمال پیچید و باغ‌ها در امان ماندند", "باغداران تارن سفلی چشم‌به‌راه یخبندان بودند؛ باران آمد و خوشحال شدند."},
		{"", "ملوانان کشتی‌های مسافری و هیئت بندر بر سر ساعت‌های زمستانی به توافق رسیدند", "این توافق به یازده روز رفت‌وآمد محدود میان والمر و جزیره‌ها پایان می‌دهد."},
		{"", "پل به چه کار می‌آید", "سال‌ها درباره هزینه‌اش بحث کردیم؛ حالا وقت آن است که از آدم‌هایش بگوییم."},
		{"", "به چراغ‌های بندر دست نزنید", "تاریکی صرفه‌جویی نیست، اگر پایانش صخره باشد."},
		{"", "در ستایش تراموای کند", "یازده دقیقه برای خواندن یک صفحه و یک بار سر بلند کردن بس است."},
		{"", "غذای مدرسه‌ها در بودجه بهاری شورا گنجانده شد", ""},
		{"", "برخورد دو قایق نزدیک دماغه اسکری؛ کسی آسیب ندید", ""},
		{"", "کاپیتان تیم روورز تا تابستان از میدان دور ماند", "پزشک باشگاه گفت رباط پاره شده و راه میان‌بری نیست."},
		{"", "آب خیابان آسیاب تا ظهر یکشنبه قطع است", ""},
		{"", "هفت نامزد برای ریاست بندر", ""},
		{"", "موزه، اطلس گمشده را در زیرزمین خود پیدا کرد", "آن را به نام سینی فهرست کرده بودند."},
		{"", "سهمیه صید شاه‌ماهی یک‌دهم بیشتر شد", ""},
		{"فوتبال", "کارسک دربی را در دقیقه نودوچهارم برد", "کرنری که کسی نمی‌خواست بزند و ضربه سری که کسی ندید."},
		{"رودها", "آب تارن پس از یک نسل زلال شد", "مهندسان نی‌زارهای تازه را سبب می‌دانند؛ حواصیل‌ها بی‌سروصدا برگشته‌اند."},
		{"", "ویولن‌ساز اهل برده جایزه صنایع‌دستی کشور را برد", "کارگاهش مرکز تلفن پیشین است و تابلوی تلفن را نگه داشته است."},
		{"", "قطارهای شبانه ساحل در خرداد با دو واگن خواب و یک مقررات درباره چمدان برمی‌گردند", "فروش بلیت از آغاز فروردین است."},
	},
	standfirst: "پل کهنه نود سال تراموا را از رود گذراند تا آنکه مهندسان در دنده سوم ترکی پیدا کردند و پل از پاییز به روی همه بسته ماند.",
	query:      "پل", note: "در نسخه پیشین این خبر، سال ساخت پل ۱۲۹۲ آمده بود. پل در سال ۱۳۱۰ ساخته شده است.",
	comments: []string{"سی سال هر روز از رویش گذشتم. دخترم هنوز یک بار هم از آن نگذشته است.\n\nبابت توضیح دنده‌ها سپاس؛ تازه فهمیدم مشکل کجا بود.", "اول پیاده‌ها، ترتیب درستی است.", "ایستگاه تراموای ساحل شمالی جابه‌جا می‌شود؟ در خبر چیزی نیامده."},
	body: `پل کهنه میان دو ساحل روز ۱۹ اردیبهشت به روی پیاده‌ها باز می‌شود؛ نه هفته زودتر از زمانی که هیئت بندر پاییز گذشته وعده داده بود. رئیس هیئت این را شامگاه جمعه گفت.

آخرین دنده از چهل‌ودو دنده فولادی ساعت ۲۳:۱۰ با جرثقیل شناور «شکیبا» در جای خود نشست؛ در برابر چشم نزدیک به دویست نفر که با فانوس و صندلی تاشو به اسکله آمده بودند.

> گفتیم تیر، چون جدی گفتیم. بعد زمستان با ما مهربان بود و جوشکارها از برنامه ما بهتر بودند.
> — میرا هالدن، رئیس بندر

پل که در سال ۱۳۱۰ ساخته شده، نود سال تراموا را از رود گذراند تا آنکه در بازرسی معمول ترکی در دنده سوم پیدا شد. پل از مهر به روی همه بسته است. کشتی‌های مسافری بار آن را به دوش کشیدند: روزی ۱۱٬۴۰۰ مسافر، با کشتی‌هایی که برای نیمی از این شمار ساخته شده‌اند.

## چه زمانی چه چیزی باز می‌شود

نخست پیاده‌ها. تراموا پس از سنگ‌زنی ریل‌ها در خرداد می‌آید و خودروها زودتر از پاییز نه. کامیون‌های سنگین دیگر برنمی‌گردند و باید از راه تازه [دماغه اسکری](https://karsk.example/road) بروند. نشانی طرح در سامانه شهر Valmere Works 2026 آمده است.

| مرحله | تاریخ | بار |
|---|---|---|
| پیاده و دوچرخه | ۱۹ اردیبهشت | ۴ تن |
| تراموا، خط ۲ | ۳۰ خرداد | ۳۸ تن |
| خودرو و وانت | شهریور | ۶۰ تن |

::: fact
## پل در چند عدد

- ساخته‌شده در ۱۳۱۰، به درازای ۴۱۲ متر
- چهل‌ودو دنده که نوزده‌تای آن نو است
- ۷۱ میلیون کرون، شش میلیون کمتر از برنامه
:::

توماس برک که در اسکله شمالی روزنامه می‌فروشد، گفت: «از کشتی بدم نمی‌آمد، ولی به کشتی نمی‌شود تکیه داد.»

> گزارش هیئت در آبان، بخت باز شدن زودهنگام را یک به پنج دانسته بود.

The board’s chair wrote: “The bridge opens early.” {lang=en dir=ltr}

!embed https://video.example/8812 "آخرین دنده: شبی روی اسکله" {provider="تلویزیون بندر"}

هیئت حساب‌های کامل را روز ۱۱ خرداد منتشر می‌کند.

::: note
برادر نویسنده در این پل جوشکار است.
:::`,
}
