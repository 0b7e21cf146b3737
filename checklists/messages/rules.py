"""Messages about vocabulary, items, checks and editions."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    # vocabulary
    "place-unknown": Message(
        "不认识的地名「{name}」", "{hint}请写{provinces}内的市或县（市、区），如 {examples}。"
    ),
    "place-ambiguous": Message("地名「{name}」不止一处", "请连市名一起写：{choices}。"),
    "place-city-only": Message(
        "「{name}」只看得出在{city}，看不出是哪个县（市、区）",
        "请写明县（市、区）：{counties}；只按市一级的，写 {city}。",
    ),
    "place-elsewhere": Message(
        "「{name}」在{outside}，不在{provinces}，规则里没有那里的要求",
        "请核对；实际在{provinces}的，写那里的市或县（市、区）。",
    ),
    "place-called": Message(
        "别的叫法「{name}」所指的「{place}」不是一个地方", "请写这个文件里有的市、县（市、区）。"
    ),
    "type-unknown": Message("不认识的企业类型「{type}」", "{hint}全部类型见 checklists types。{fallback}"),
    "type-offered": Message(
        "规则没有单列「{type}」，没有替您选",
        "{rather}否则可按通用清单（通用、消防{asked}）：命令里写 checklists generate --type {choice}，其余选项照写；"
        "名录的企业类型一格写 {choice}，或运行 checklists batch 时加 --type {choice}。",
    ),
    "words-type": Message("没有编号是「{type}」的企业类型", "{hint}这里写 types.yaml 中的编号。"),
    "fact-unknown": Message("不认识的企业属性「{fact}」", "{hint}全部属性见 rules/vocabulary.yaml。"),
    "fact-value": Message("企业属性「{fact}」的值「{value}」不对", "{hint}"),
    "fact-settled": Message(
        "企业属性「{fact}」填的是“{given}”，但类型“{type}”已定为“{value}”，按类型处理",
        "若确实不是，请改选企业类型。",
        "warning",
    ),
    "fact-childless": Message(
        "企业属性「{fact}」没有用到：「{parent}」为“否”",
        "没有的，删去「{fact}」的回答；有的，请改「{parent}」。",
        "warning",
    ),
    "fact-excluded": Message("企业属性「{fact}」和「{other}」不能都是“是”", "请核对，改正其中一个。"),
    "fact-parent": Message(
        "企业属性「{fact}」的 parent「{parent}」不对",
        "{hint}parent 写词表里排在它前面的一个 yes-no 属性：没有那一样，这个属性就无从谈起。",
    ),
    "fact-excludes": Message(
        "企业属性「{fact}」的 excludes 里，「{other}」不对",
        "{hint}只写词表里别的 yes-no 属性：它为“是”时，那一个不会为“是”。",
    ),
    "type-excluded": Message(
        "企业类型「{type}」里，「{fact}」和「{other}」不能都是 true", "请改正其中一个，或用 without 去掉。"
    ),
    "fact-asked-idle": Message(
        "企业类型「{type}」要问「{fact}」，但没有一个检查项、判定标准看它",
        "请从 asks 删去；确有检查项要看的，改正那一项的 applies。",
        "warning",
    ),
    "basis-condition-twice": Message(
        "检查项 {item} 的一条依据又写了「{fact}」，检查项自己的 applies 已有", "请从依据的 applies 删去。"
    ),
    "quote-two-times": Message(
        "检查项 {item} 的一条引文和 {other} 的一字不差，起止日期却不同",
        "一句话只有一个时限：请对照原文，把 from、until、due 改成一样。",
    ),
    "encouragement-as-order": Message(
        "检查项 {item} 引的是“{word}”，says 没有写 encourages",
        "请改成 says: encourages；这句里另有要求的，只引要求的那几个字。",
    ),
    "advice-fails": Message(
        "检查项 {item} 只是鼓励的，standard 却说“{word}”", "没做的不算不符合：请改成看做到什么程度。"
    ),
    "name-fails": Message(
        "检查项 {item} 的依据只点到名，没有写要求，standard 却说“{word}”",
        "请改成看做到什么程度，没做的记下。",
    ),
    "items-contradict": Message(
        "检查项 {item} 和 {other} 只差一个数，同一天对同一类企业都问",
        "旧的用 until 止住，或由新的 replaces；对象不同的，用 applies 分开。",
    ),
    "unread-risky": Message(
        "检查项 {item} 要人动手（{word}），没有读过的记录",
        "会伤人、停下在用设备的，改成看近一次试验记录，或由企业按规程操作、检查人员看；读过无妨的，"
        "运行 checklists rules consent {item} --about risky --why 为什么伤不了人。",
    ),
    "unread-paper": Message(
        "检查项 {item} 要企业有“{word}”，没有一条引文说到",
        "通知没有要的资料不算不符合：请改成看通知要的那件事，或并入、停用；读过确应留痕的，"
        "运行 checklists rules consent {item} --about paper --why 为什么该有。",
    ),
    "unread-qualifier": Message(
        "检查项 {item} 的引文前面，同一句里有“{word}”，applies 没有写",
        "这句只对他们说的，在这条依据上写 applies；不限他们的，"
        "运行 checklists rules consent {item} --about qualifier --why 为什么不限。",
    ),
    "consent-unknown": Message("consents.yaml 里的 {item} 不是检查项的编号", "{hint}请改正，或删去这一条。"),
    "consent-idle": Message("{item} 的“{about}”记录用不上了", "检查项里已没有要读的词：请删去这一条。"),
    "consent-nothing": Message(
        "检查项 {item} 里没有要读的（{about}）",
        "--about 写 risky、paper 或 qualifier；rules check 没有列出它的，不必记。",
    ),
    "consent-why": Message("检查项 {item} 的理由写得不对", "请在 --why 里写一句话，不要换行。"),
    "consent-void": Message(
        "{item} 改过了，原来的“{about}”记录作废",
        "请再读一遍改后的检查项，再运行 checklists rules consent 记一次；不妥的，改检查项。",
    ),
    "fact-unused": Message(
        "企业属性「{fact}」没有用到：所选类型（{types}）没有一个检查项问它",
        "请核对属性和企业类型；确实无关的，可以删去。",
        "warning",
    ),
    "word-unknown": Message("{field}「{word}」不在词表中", "{hint}可用的词见 rules/vocabulary.yaml。"),
    "heading-taken": Message(
        "“{heading}”已是别的部位的名称，两节会并成一节",
        "请换一个词表 where 里没有、本类型里也没有用过的名称。",
    ),
    "rules-none": Message(
        "这里不是规则文件夹：没有 vocabulary.yaml、types.yaml、places.yaml",
        "请检查 --rules 写的路径；相对路径从运行命令的文件夹算起。",
    ),
    "file-no-map": Message(
        "文件里没有{what}", "请写成“编号:”，下面缩进两格写各个字段，不以“- ”开头；写法见 rules/README.md。"
    ),
    "name-twice": Message(
        "名称「{name}」已经是 {owner} 的（{where}）",
        "一个名称只指一样，全角半角、大小写、空格不同也算相同：请改名，或删去一处。",
    ),
    "name-reserved": Message("「{name}」是名录里固定的列名，不能作企业属性的名称", "请换一个名称。"),
    "name-sign": Message(
        "「{name}」里有“{sign}”", "“=”用来隔开名称和值，“；”用来隔开各个属性：请换一种写法。"
    ),
    "word-twice": Message("{field}「{word}」写了两次", "请删去一处。"),
    "fact-part": Message(
        "企业属性「{fact}」的 {part} 只用于 {kind}，它是 {given}", "请删去 {part}，或改正 kind。"
    ),
    "fact-no-choices": Message(
        "企业属性「{fact}」是 choice，没有写 choices", "请写出可选的值，如 choices: [管道, 瓶装]。"
    ),
    "fact-both": Message(
        "企业属性「{fact}」在 {one} 和 {other} 里都写了",
        "fixed 由类型定死，asks 要问清，default 通常如此，without 不涉及：一个属性只写在一处，请删去另一处。",
    ),
    "usual-group": Message(
        "没有一个类型属于「{group}」这一组，这里写的都用不上", "{hint}组名与各类型的 group 一字不差：请改正。"
    ),
    "type-group": Message(
        "组「{group}」不在 usual 的 groups 里",
        "{hint}请改正 group；新的一组，在 usual 的 groups 里加上，没有通常如此的，写成“组名: {{}}”。",
    ),
    "type-no-industry": Message(
        "企业类型「{type}」没有行业领域",
        "请写 industries，如 industries: [general]；所有类型都有的写在 usual 的 all 里。",
    ),
    "without-nothing": Message(
        "企业属性「{fact}」不在 usual 里，「{type}」不必用 without 去掉",
        "没有写进 fixed、asks、default 的属性本来就不涉及：请从 without 删去。",
    ),
    "own-province": Message(
        "不认识的省「{name}」", "places.yaml 里的省、自治区、直辖市写全名，是这些之一：{provinces}。"
    ),
    "own-places-form": Message(
        "「{province}」下面没有 cities",
        "请在省名下面写一行“  cities:”，再往里缩进写市和县，如 “    某某市: [某某区, 某某县]”。",
    ),
    "own-place-name": Message(
        "地名「{name}」不全",
        "请写全名：市一级以市、自治州、地区、盟结尾，直辖市写“市辖区”；县一级以市、县、区、旗结尾。",
    ),
    "province-form": Message(
        "「{province}」下面没有 short 和 cities",
        "请写成 short: 依据代码里的简称（省名的一个字），再写 cities:，各市缩进写在 cities 下面；写法见 rules/README.md。",
    ),
    "role-twice": Message(
        "「{name}」和「{other}」的 role 都是 {role}", "这个作用只能有一个：请删去一处 role。"
    ),
    "role-missing": Message(
        "没有一个行业领域写着 role: {role}",
        "适用于所有企业的那个行业领域要写明，如 general: {{name: 通用, role: {role}}}；写法见 rules/README.md。",
    ),
    # items
    "item-duplicate": Message(
        "编号「{item}」重复（另一处：{other}）", "编号永久唯一，请改用新编号；已停用的编号也不能再用。"
    ),
    "file-copied": Message(
        "这个文件的 {count} 个编号都与 {other} 的重复", "多半是复制的文件：请删去它，或移出规则文件夹。"
    ),
    "glossary-missing": Message(
        "没有术语表", "请从随软件安装的规则里复制 glossary.yaml；不要术语的，建一个只写 [] 的 glossary.yaml。"
    ),
    "file-no-list": Message(
        "文件的内容应是一个列表",
        "请写成一条一条，每条以“- ”开头；一条也没有，只写 []。写法见 rules/README.md。",
    ),
    "rules-unread": Message(
        "不会被读取：{why}",
        "规则文件放在规则文件夹里，文件名以 .yaml 结尾：请改名或移过去；不要的，移出规则文件夹。",
    ),
    "rules-passed-over": Message(
        "不是规则文件，没有读取", "不必处理；要作规则的，文件名以 .yaml 结尾。", "warning"
    ),
    "item-unknown": Message("没有编号为「{item}」的检查项", "{hint}"),
    # checks
    "text-too-long": Message(
        "检查项 {item} 的 {field} 有 {count} 字，超过 {limit} 字", "请缩短：一行放不下，检查表就要多印几页。"
    ),
    "slogan": Message("检查项 {item} 用了口号“{word}”", "请写看得见的状态：什么东西、在哪里、是什么样子。"),
    "two-facts": Message("检查项 {item} 的 content 用“{word}”连了两个事实", "请拆成两项，引同一句原文。"),
    "double-negation": Message("检查项 {item} 双重否定：“{words}”", "请改成肯定句，让“符合”一眼看懂。"),
    "qualifier-dropped": Message(
        "检查项 {item} 的依据只对“{word}”说，applies 没有写出",
        "请在 applies 中加上 {facts}，或引用对所有企业说的依据。",
    ),
    "figure-not-quoted": Message(
        "检查项 {item} 的数字“{figure}”不在任何一条引文里",
        "有约束力的数字须出自原文；抽样数请写成“抽3…”“任选3…”“近7天…”。",
    ),
    "punctuation": Message(
        "检查项 {item} 的 {field} 标点不合规范：“{mark}”",
        "中文用全角标点，文号用〔〕，句末不加句号，中文之间不留空格。",
    ),
    "basis-order": Message("检查项 {item} 的依据没有按新旧排列", "请把最新的通知放在最前。"),
    "basis-twice": Message("检查项 {item} 的同一条依据写了两次", "请删去一条。"),
    "items-alike": Message("检查项 {item} 与 {other} 问的是同一件事", "请合并为一项，依据放在一起。"),
    "industry-unreachable": Message(
        "没有一种企业类型属于或带来行业领域「{industry}」，它的 {count} 项都不会被问到",
        "请检查 types.yaml 的 industries 和 vocabulary.yaml 的 brings。",
    ),
    "item-unreachable": Message(
        "没有一种企业类型会被问到检查项 {item}",
        "请检查 applies；属性须由某个类型 fixed、asks 或 default（rules/types.yaml）。",
    ),
    "notice-misread": Message(
        "通知 {notice} 有 {count} 处引文在条款里找不到（如 {clause} 的「{quote}」），多半是这份通知读错了",
        "请检查 seeds/notices.yaml 中该通知的 file、lines、sectors、corrections，再对照 checklists notices show {notice}。",
    ),
    "notice-issuer": Message(
        "通知 {notice} 在「{name}」有效，发文机关却是「{issuer}」",
        "请核对 place；若无误，把机关名称写全，使它带上地名。",
    ),
    "notice-years": Message(
        "通知 {notice} 的年份是 {year}，{what}里是 {other}",
        "请核对原文，改正不对的一处；年份决定哪一份是最新的。",
    ),
    "notice-number-twice": Message(
        "通知 {notice} 的文号「{number}」与 {other} 的相同", "请核对原文；多半是照抄一段后忘了改。"
    ),
    "basis-day-early": Message(
        "检查项 {item} 的 {field} 是 {day}，早于依据开始的 {begins}，这条依据没有一天有效或说不通",
        "from 不早于通知的日期，until、due 不早于 from：请核对原文，改正年、月、日。",
    ),
    "basis-day-late": Message(
        "检查项 {item} 的 {field} 是 {day}，离通知的年份 {year} 太远",
        "请核对原文，改正年份；原文没有写日期的，删去 {field}。",
    ),
    "quote-short": Message(
        "检查项 {item} 的引文「{quote}」不足 {least} 个字，说明不了什么", "请引完整的一句或半句。"
    ),
    "replaces-itself": Message(
        "检查项 {item} 代替自己，就不会再问", "replaces 只写被本项代替的别的检查项：请删去自己的编号。"
    ),
    "replaces-retired": Message(
        "检查项 {item} 代替的 {old} 已经停用", "停用的项不会再问，不必代替：请从 replaces 删去。"
    ),
    "replaces-ring": Message(
        "这些检查项互相代替，一项也不会问：{ring}", "请只留一个方向：旧的项不写 replaces。"
    ),
    "term-twice": Message(
        "术语「{term}」写了两次（第一次在第 {line} 行），这一条总也印不到",
        "请只留一条；一县一市的出处写在前面，全省的写在后面，各印在自己的地方。",
    ),
    "term-not-in-quote": Message(
        "术语「{term}」不在它的引文里：「{quote}」", "请引说到这个术语的那一句，或改正术语。"
    ),
    "disposition-twice": Message(
        "{notice}「{clause}」的同一段文字写了两次处置说明（第一次在第 {line} 行）", "请只留一条。"
    ),
    "disposition-overlaps": Message(
        "{notice}「{clause}」的处置说明与第 {line} 行的有重叠：「{text}」", "一句话只说明一次：请改短或合并。"
    ),
    "disposition-short": Message(
        "{notice}「{clause}」的处置说明文字「{text}」太短，会碰上许多句", "请引完整的一句或半句。"
    ),
    "dispositions-notice": Message(
        "文件名「{notice}」不是任何通知的编号，里面的说明都用不上", "{hint}请把文件改名为 通知编号.yaml。"
    ),
    "dispositions-gone": Message(
        "没有一份处置说明，{notices} 份通知共有 {count} 句没有交代",
        "请放回 dispositions 文件夹；自己的规则，从 checklists notices coverage 开始，逐份写。",
    ),
    "dispositions-none": Message(
        "通知 {notice} 有 {count} 句没有交代，也没有 rules/dispositions/{notice}.yaml",
        "请逐句看 checklists notices coverage {notice}，写成检查项，或建立该文件说明理由。",
    ),
    "quote-set-aside": Message(
        "检查项 {item} 引用的「{quote}」已说明是政府职责（{reason}）",
        "请改引对企业说的语句，或改正处置说明。",
    ),
    "term-quote": Message(
        "术语「{term}」的出处不对：{notice}「{clause}」中没有「{quote}」",
        "请按条款原文改正；通知没有写明的，不要写 meaning。",
    ),
    "paper-quote": Message(
        "文书「{name}」的依据不对：{notice}「{clause}」中没有「{quote}」",
        "请按条款原文改正；没有通知要求这份文书的，basis 写 []。",
    ),
    "paper-unwritten": Message(
        "没有写文书「{name}」的依据和用语",
        "请在 papers 下面写上它（没有通知要求的，basis 写 []）；整个文件都没有的，从随软件安装的规则文件夹取一份 papers.yaml。",
    ),
    "paper-draft": Message("drafts 里没有写 {holder} 的“工作用稿”一句", "请在 drafts 下面补上这一行。"),
    "paper-words": Message("文书「{name}」没有写用语「{word}」", "请在它的 words 下面补上一段文字。"),
    "paper-points": Message(
        "文书「{name}」没有写逐条的承诺",
        "请在它下面写 points：一条一个 text（说什么）和 basis（出自哪份通知的哪句话）；样子见随软件安装的 papers.yaml。",
    ),
    "paper-kind": Message(
        "文书「{name}」的一条写给「{kind}」，它的 kinds 里没有这一种", "{hint}请改正，或在 kinds 里加上。"
    ),
    "paper-kind-fact": Message(
        "文书「{name}」的 kinds 用到「{fact}」，它不是一个是否的属性",
        "请只用 rules/vocabulary.yaml 里 kind: yes-no 的。",
    ),
    "disposition-clause": Message(
        "处置说明引用了 {notice} 的条款「{clause}」，该通知没有这一条",
        "{hint}全部条款见 checklists notices show {notice}。",
    ),
    "disposition-stale": Message(
        "处置说明的文字不在 {notice}「{clause}」中：「{text}」", "请按条款原文改正。"
    ),
    "sentence-unaccounted": Message(
        "{notice}「{path}」有一句没有交代：「{sentence}」",
        "请写成检查项，或在 rules/dispositions/{notice}.yaml 说明理由。",
    ),
    # editions
    "edition-unreadable": Message(
        "版本快照无法读取", "请从版本库恢复该文件；它由 checklists rules release 写成，不手改。"
    ),
    "version-wrong": Message(
        "版本号「{version}」不对",
        "VERSION 只写一行 1.0.0 这样的版本号；它由 checklists rules release 写成，不手改。",
    ),
    "edition-unreleased": Message(
        "规则改动之后还没有发布，文书上的规则版印“{edition}”",
        "试用不必处理；正式使用前，运行 checklists rules check，没有错误再运行 checklists rules release。",
        "warning",
    ),
    "edition-none": Message(
        "这个规则文件夹还没有发布过，文书上印“未发布”",
        "改完之后运行 checklists rules release --rules 文件夹。",
        "warning",
    ),
    "edition-stale": Message(
        "规则有改动，版本号 {version} 没有跟上，应为 {wanted}", "请运行 checklists rules release。"
    ),
    "item-vanished": Message(
        "检查项 {item} 不见了",
        "编号是永久的：请恢复该项，或在 rules/retired.yaml 写明“{item}: {{reason: 停用理由, into: [现在问同一件事的编号]}}”，没有接着问的写 into: []。",
    ),
    "items-vanished": Message(
        "有 {count} 个检查项不见了：{items}",
        "若是少了一个文件，请放回去；确要停用的，在 rules/retired.yaml 逐项写明“编号: {{reason: 停用理由, into: [现在问同一件事的编号]}}”，没有接着问的写 into: []。",
    ),
    "item-retired": Message("检查项 {item} 已停用：{reason}", "{into}"),
    "item-returned": Message("已停用的编号 {item} 又被使用", "停用的编号不再使用，请换一个新编号。"),
    "retired-form": Message(
        "{item} 等 {count} 个停用的编号还是一句理由",
        "请写成“编号: {{reason: 理由, into: [现在问同一件事的编号]}}”；没有接着问的写 into: []，并在理由里说为什么。",
    ),
    "retired-into-retired": Message(
        "停用的 {item} 由 {into} 接着问，但 {into} 自己也已停用",
        "请写现在问同一件事的检查项；没有的，写 into: []，并在 reason 里说为什么没有。",
    ),
    "retired-into-nothing": Message(
        "停用的 {item} 由 {into} 接着问，但没有这个检查项", "{hint}请改正编号；没有接着问的，写 into: []。"
    ),
}
