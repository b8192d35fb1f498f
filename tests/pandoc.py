"""A document as pandoc reads it: its tree, and the text of any part of the tree. The other scripts here walk it."""
import json
import re
import subprocess


def tree_of(path, *options):
    """pandoc's tree of a file; nothing if it cannot read it within a minute."""
    form = "odt" if path.lower().endswith((".odt", ".ott")) else "docx"
    try:
        run = subprocess.run(["pandoc", "-f", form, "-t", "json", *options, path], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None
    return None if run.returncode else json.loads(run.stdout)


def text_of(node, notes=None, captions=None, pictures=False):
    """The text of a part of the tree. Formulas and raw markup are left out, and pictures' descriptions unless `pictures`. Notes and the captions of tables are put into the two
    lists if they are given: notes because a word may go on after the sign of a note, captions because pandoc takes some of them from a table's properties."""
    out, stack = [], [node]
    while stack:
        x = stack.pop()
        if isinstance(x, list):
            stack.extend(reversed(x))
        elif isinstance(x, dict):
            kind = x.get("t")
            if kind == "Str":
                out.append(x["c"])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                out.append(" ")
            elif kind in ("Code", "CodeBlock"):
                out.append(x["c"][1])
            elif kind in ("Math", "RawInline", "RawBlock") or kind == "Image" and not pictures:
                pass
            elif kind == "Note" and notes is not None:
                notes.append(text_of(x["c"], notes, captions))
            elif kind == "Table":
                if captions is not None:
                    captions.append(text_of(x["c"][1], notes))
                stack.append({"t": "Space"})
                stack.append(x["c"][3:])
            elif kind == "Image" and pictures:
                stack.append(x["c"])
            else:
                # A block ends here, and so does its last word.
                if kind in ("Para", "Plain", "Header", "Note", "BulletList", "OrderedList"):
                    out.append(" ")
                    stack.append({"t": "Space"})
                c = x.get("c", [v for k, v in x.items() if k != "t"])
                if kind in ("Span", "Div", "Header", "Link"):
                    c = [y for y in c if not (isinstance(y, list) and len(y) == 3 and isinstance(y[0], str))]
                stack.append(c)
    return "".join(out)


def plain(text):
    """Letters and digits only, for finding a text again."""
    return "".join(re.findall(r"[^\W_]+", text)).lower()
