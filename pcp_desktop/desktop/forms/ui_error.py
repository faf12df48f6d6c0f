"""Compiled from ui/error.ui by `make forms`; never edited."""

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget


class Ui_Error(object):
    def setupUi(self, Error):
        if not Error.objectName():
            Error.setObjectName(u"Error")
        self.column = QVBoxLayout(Error)
        self.column.setSpacing(0)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(0, 0, 0, 0)
        self.body = QWidget(Error)
        self.body.setObjectName(u"body")
        self.body_row = QHBoxLayout(self.body)
        self.body_row.setSpacing(14)
        self.body_row.setObjectName(u"body_row")
        self.body_row.setContentsMargins(24, 20, 24, 20)
        self.shape = QLabel(self.body)
        self.shape.setObjectName(u"shape")

        self.body_row.addWidget(self.shape, 0, Qt.AlignTop)

        self.words = QVBoxLayout()
        self.words.setSpacing(10)
        self.words.setObjectName(u"words")
        self.heading = QLabel(self.body)
        self.heading.setObjectName(u"heading")
        self.heading.setWordWrap(True)

        self.words.addWidget(self.heading)


        self.body_row.addLayout(self.words)

        self.body_row.setStretch(1, 1)

        self.column.addWidget(self.body)

        self.foot = QFrame(Error)
        self.foot.setObjectName(u"foot")
        self.buttons = QHBoxLayout(self.foot)
        self.buttons.setSpacing(8)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setContentsMargins(20, 12, 24, 12)
        self.copy = QPushButton(self.foot)
        self.copy.setObjectName(u"copy")
        self.copy.setAutoDefault(False)

        self.buttons.addWidget(self.copy)

        self.gap = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.gap)

        self.close = QPushButton(self.foot)
        self.close.setObjectName(u"close")

        self.buttons.addWidget(self.close)


        self.column.addWidget(self.foot)

        self.column.setStretch(0, 1)

        self.retranslateUi(Error)

        self.close.setDefault(True)


        QMetaObject.connectSlotsByName(Error)
    # setupUi

    def retranslateUi(self, Error):
        self.copy.setText(QCoreApplication.translate("Error", u"Copy details for support", None))
        self.close.setText(QCoreApplication.translate("Error", u"Close", None))
        pass
    # retranslateUi
