"""How common a word is in ordinary talk, roughly, over all our languages: so that the search looks for the
rarest words of a phrase and most messages have none. Counted once on everyday dialogues."""

from collections.abc import Iterable

_IN_MANY = """a aan abbiamo aber about ahora ai al all alle als am an anche and ao aqui are as at auch auf
    auteur aux avec be because been bem bene bien bij bin but c can ces cette che choses ci come
    comme comment como con cosa cosi cuando d da dan dans das dass dat de del della delle dem den
    der des di did die dit do door dos du e een ein eine einen el ela elas ele eles elle em en entre
    er es eso est esta estar este estou estoy et ete etre etwas eu faire fait fare feel foi fois for
    from fuhle fur geen gefuhl gens gente get gli go going good grazie gut ha habe haben hace hacer
    had hai has hat have he heb heeft het hij ho how hoy i ich if ihnen ihr ik il ils immer
    impression in is isso ist isto it ja jamais je kann know l la las le les like lo los m ma maar
    mais mas me meine meme mes met meu mi mich mijn minha mio mir mis mismo mit moeten moi molto mon
    more much mucho muito muy my naar nada nao ne nel nicht niet no noch nog non not nous now nur o
    of oh om on one ont ook op or ora os ou out par para parfois pas pela pelo per pero persone
    personne peu peur peut peux piu plus por porque posso pour pouvoir puedo puis puoi qu quando que
    quelqu quem questa questo qui quiero right sans sao se sehr sens sentido ser seu she si sich sie
    siempre siento sin sind so sobre soll some son sono sont souvent su sua suis sur sus tan te tem
    tengo tenho ter that the them there they think this ti tiene time to todo todos too toujours
    tout tra tres trop tu tun tutto uit um uma un una und une up us va vale van veces ver very vez
    vida vivir voce von voor vou vous voy want war warum was we weiss wel well wenn werden what when
    wie will wir with work would y ya yeah yes yo you your ze zij zijn zo zu"""
_IN_SOME = """abend able aca acho after again ago agora agree ainda alguien alive alla aller alles alone
    already also altijd always amanha amigos ancora andare another antes any anymore anyone anything
    apres around asi ask asleep aujourd aus avant average avere avoir avond away ayer back bad
    before being believe best better big bisogno bit bitte born boss both bottle bought boyfriend
    bridge broke brother burden busy by cada call called came car care casa change chaque chatting
    check chose class coisa coisas college colore comes coming company cool cosas cose could couple
    course crazy creer creo cut dag damit dann daughter day days decir decision dei demain denk
    depois despues dia dias dich diese different difficult dingen dir dire dizer doen does doing
    domani donde done donne dopo dormir down drink drinking droit due during easier einem einer
    either else encore end enjoy enough eres especially essere esto even ever every everything ex fa
    face fais family far father fatto favore fazer feeling few fight final finally find finden fine
    first football found four frau freund freundin friday friend friends fun gaan game games gave
    gehen gestern getting gibt giorno girlfriend gisteren give given gone gostaria got graag great
    guess gun hacerme hand hands hang hangs hanno happen happened hard hast hasta hate hatte having
    hay head health hear heard helfen hello help her here heute hey hi hier high him his hit hoje
    hold home hope hours house hui huis hurt husband idea ieri ihre important incluso install
    interesting into ir irme jetzt job jour kan keep keine kids kind knife komen kommen komt konnen
    kunnen last lately lavoro leave leaving left leid let letter letters leurs leven life line link
    listo little live lived living ll lol long longer look looking lose lost lot love machen made
    maison make makes making mal man manana mann many may maybe mean mehr mein mensen menudo mesmo
    mia mierda might mind minutes mochte mochten moet mom monday mondo money months morgen morning
    most mother move movie movies mum muss must mutter myself nach nacht need nein never new next
    nfl nice niente niets night noche noite nooit nos note nothing nun nunca ob oder off oft oggi ok
    okay old once ones only ontem open ordnung other our over own parents part partner pay peace
    pena pense penso people perche person phone pienso pills place plan play played player players
    playing please po pode poder point possiamo possible preciso prendere pretty prima probably
    problem problemas problems puede pueden puedes puo put qualcosa quanto querer queria quero
    question quite read ready reason recently remember rien roof room run running s sabe sad safe
    said sais same sante sarebbe saturday say saying school see seem seems seen seguir sehen sei
    sein selbst sempre sense sentir sera server set settimana should show sia sicher sick sicuro
    signore since sister situation sleep slept smoking soir sollten someone something sometimes soon
    sorry sort sounds soy stai start started stato stay stellen still stop stress stressed stressful
    stressing stuff such sueno sunday super support suppose sure system tag take taking talk talking
    tambien team tell tempo termine than thank thanks their then these thing things thinking those
    though thought three through tiempo times tired toch today together told tomorrow tonight took
    train tried troppo true trust try trying tudo tuo tut tutti tv two uber uh understand unter
    until use used using usually vais vandaag vater vedere veux vie viel viele vielleicht vient
    voglio voir vor vorrei voudrais vuoi wait wake wanted watch way week weekend weeks weer weet
    weird went werde were where which while who whole why wieder wife wil wilde wird without wo
    woche woke woman won wonder working worried worse worst worth wow write written wrong wrote
    wurde year years yet zeggen zeit ziemlich zien"""

_MANY = frozenset(_IN_MANY.split())
_SOME = frozenset(_IN_SOME.split())


def chance(text: str) -> float:
    """The rough share of ordinary messages that hold these words in a row, from 0 to 1."""
    words = text.split()
    if not words:
        return 1.0
    chances = [_chance(word) for word in words]
    together = min(chances)
    for one in sorted(chances)[1:]:
        together *= min(1.0, 5 * one)
    return together


def _chance(word: str) -> float:
    if word in _MANY:
        return 0.12
    if word in _SOME:
        return 0.015
    return 0.003 if len(word) < 4 else 0.0008 if len(word) < 6 else 0.0003


def any_of(texts: Iterable[str]) -> float:
    """The rough share of messages that hold one of these. Rounded, so that it is the same in any order."""
    return round(sum(map(chance, texts)), 9)
